import type { AccountPhase, CredentialType } from '@dashboard/contract/accounts.ts'
import { many, one, oneOf } from '../../../lib/search-params.ts'

export const sortKeys = [
  'name',
  'accountId',
  'method',
  'connection',
  'permissions',
  'environment',
  'unit',
  'resources',
  'coverage',
  'discovered',
] as const
export type SortKey = (typeof sortKeys)[number]

export const groupings = ['unit', 'environment'] as const
export type Grouping = (typeof groupings)[number]

/** The most urgent first: also the order in which a list sorted by its connection begins. */
export const phases = [
  'LOST_ACCESS',
  'DEGRADED',
  'PENDING',
  'VALIDATING',
  'PAUSED',
  'RETIRED',
  'CONNECTED',
] as const satisfies AccountPhase[]

export const credentialTypes = ['iam_role', 'access_key', 'instance_profile'] as const satisfies CredentialType[]

/** Stands in the address for accounts that have no environment; no environment can be called so. */
export const noEnvironment = '-'

/** What the list shows and how, as it stands in the address. */
export interface AccountsSearch {
  text?: string | undefined
  phase?: AccountPhase[] | undefined
  method?: CredentialType | undefined
  environment?: string | undefined
  exposed?: 'true' | undefined
  sort?: SortKey | undefined
  order?: 'desc' | undefined
  group?: Grouping | undefined
  /** From 1. */
  page?: number | undefined
}

const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

const pageOf = (raw: unknown): number | undefined => {
  const page = Number(one(raw))
  return Number.isInteger(page) && page > 1 ? page : undefined
}

export const accountsSearch = (raw: Record<string, unknown>): AccountsSearch =>
  given({
    text: one(raw['text']),
    phase: many(raw['phase'])?.flatMap((value) => oneOf(phases, value) ?? []),
    method: oneOf(credentialTypes, raw['method']),
    environment: one(raw['environment']),
    exposed: oneOf(['true'] as const, raw['exposed']),
    sort: oneOf(sortKeys, raw['sort']),
    order: oneOf(['desc'] as const, raw['order']),
    group: oneOf(groupings, raw['group']),
    page: pageOf(raw['page']),
  })

/** Whether anything but the scope narrows the list. */
export const isFiltered = ({ text, phase, method, environment, exposed }: AccountsSearch): boolean =>
  Boolean(text || phase?.length || method || environment || exposed)
