import type { Role } from '@dashboard/contract/auth.ts'
import type { contract } from '@dashboard/contract/contract.ts'

/** Who may call an operation: anybody, whoever is signed in, or these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[]

const everybody: readonly Role[] = ['viewer', 'auditor', 'operator', 'admin']
const operators: readonly Role[] = ['operator', 'admin']
const admins: readonly Role[] = ['admin']

type Contract = typeof contract
type AccessTable = { [Area in keyof Contract]: { [Operation in keyof Contract[Area]]: Access } }

/** The one table of who may do what. An operation that is missing here does not compile. */
export const access = {
  auth: { login: 'public', refresh: 'public', logout: 'public', me: 'signed-in', changePassword: 'signed-in' },
  accounts: {
    add: admins,
    list: everybody,
    get: everybody,
    update: admins,
    delete: admins,
    validate: operators,
    pause: operators,
    resume: operators,
    history: everybody,
    identity: everybody,
    regions: everybody,
    assumeRole: operators,
    onboarding: everybody,
    requirements: everybody,
  },
  organizations: {
    add: admins,
    list: everybody,
    get: everybody,
    refresh: operators,
    accounts: everybody,
    onboarding: everybody,
    join: admins,
    enrol: admins,
    delete: admins,
  },
  credentials: { create: admins, list: everybody, update: admins, delete: admins, test: operators },
  resources: {
    list: everybody,
    facets: everybody,
    export: everybody,
    versions: everybody,
    get: everybody,
    discover: operators,
  },
  // Each user's own; what is shared, only its owner and administrators change.
  views: { list: 'signed-in', add: 'signed-in', update: 'signed-in', delete: 'signed-in' },
  scopes: { list: everybody, matrix: everybody, confirmDisappearance: operators },
  jobs: { list: everybody, get: everybody, cancel: operators, scopes: everybody, events: 'signed-in' },
  catalog: { list: everybody },
  overview: { get: everybody },
  health: { live: 'public', ready: 'public' },
} as const satisfies AccessTable
