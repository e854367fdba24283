import type { OrganizationAccount } from '@dashboard/contract/organizations.ts'
import { ForeignAnswerError } from '../aws/foreign-answer.ts'
import type { Call } from '../discovery/collect.ts'

export interface UnitRead {
  id: string
  name: string
  parentId: string | null
  /** Ids from the root to itself. */
  ancestors: string[]
  /** Names from the root, joined by `/`. */
  path: string
}

export interface MemberRead {
  accountId: string
  name: string
  email: string
  ouId: string
  state: OrganizationAccount['state']
  /** ISO 8601; null where AWS does not say. */
  joinedOrganizationAt: string | null
}

export interface OrganizationFacts {
  organizationId: string
  managementAccountId: string
}

/** A whole organization: every unit and every account, or nothing at all. */
export interface OrganizationReading extends OrganizationFacts {
  units: UnitRead[]
  accounts: MemberRead[]
}

interface AwsAccount {
  Id?: string
  Name?: string
  Email?: string
  State?: MemberRead['state']
  Status?: MemberRead['state']
  JoinedTimestamp?: Date
}

/** IAM action of the operation that failed, for the person who has to allow it. */
export class OrganizationReadError extends Error {
  override readonly name = 'OrganizationReadError'
  readonly action: string
  constructor(operation: string, cause: unknown) {
    super(`${operation} failed`, { cause })
    this.action = `organizations:${operation}`
  }
}

/** Every action that a reading needs. */
export const organizationActions = [
  'organizations:DescribeOrganization',
  'organizations:ListRoots',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListAccountsForParent',
] as const

type Ask = (operation: string, input?: Record<string, unknown>) => Promise<Record<string, unknown>>

/** Organizations answers in the partition's home region alone. */
const askIn =
  (call: Call, region: string): Ask =>
  (operation, input = {}) =>
    call({ client: 'organizations', region, operation, input }).catch((error: unknown) => {
      throw new OrganizationReadError(operation, error)
    })

/** All pages of a list. AWS may send empty pages with a token, and a page without its list is no list of nothing. */
const listAll = async <Item>(
  ask: Ask,
  operation: string,
  member: string,
  input: Record<string, unknown> = {},
): Promise<Item[]> => {
  const items: Item[] = []
  const seen = new Set<unknown>()
  let token: unknown
  do {
    const answer = await ask(operation, { ...input, ...(token === undefined ? {} : { NextToken: token }) })
    const page = answer[member]
    if (!Array.isArray(page))
      throw new OrganizationReadError(operation, new ForeignAnswerError(`${operation} was answered without its list.`))
    items.push(...(page as Item[]))
    token = answer['NextToken'] ?? undefined
    if (token !== undefined && seen.has(token))
      throw new OrganizationReadError(operation, new Error(`${operation} gave the same page token twice`))
    seen.add(token)
  } while (token !== undefined && token !== '')
  return items
}

/** @throws OrganizationReadError */
export const readFacts = async (call: Call, region: string): Promise<OrganizationFacts> => {
  const answer = await askIn(call, region)('DescribeOrganization')
  const found = answer['Organization'] as { Id?: string; MasterAccountId?: string } | undefined
  if (found?.Id === undefined || found.MasterAccountId === undefined)
    throw new OrganizationReadError('DescribeOrganization', new ForeignAnswerError('The organization has no id.'))
  return { organizationId: found.Id, managementAccountId: found.MasterAccountId }
}

const memberOf = (account: AwsAccount, ouId: string): MemberRead => ({
  accountId: account.Id ?? '',
  name: account.Name ?? account.Id ?? '',
  email: account.Email ?? '',
  ouId,
  state: account.State ?? account.Status ?? 'ACTIVE',
  joinedOrganizationAt: account.JoinedTimestamp?.toISOString() ?? null,
})

/** The units directly below one, and the accounts directly in it. */
const readUnit = async (ask: Ask, unit: UnitRead): Promise<{ below: UnitRead[]; accounts: MemberRead[] }> => {
  const input = { ParentId: unit.id }
  const [units, accounts] = await Promise.all([
    listAll<{ Id: string; Name: string }>(ask, 'ListOrganizationalUnitsForParent', 'OrganizationalUnits', input),
    listAll<AwsAccount>(ask, 'ListAccountsForParent', 'Accounts', input),
  ])
  return {
    below: units.map(({ Id, Name }) => ({
      id: Id,
      name: Name,
      parentId: unit.id,
      ancestors: [...unit.ancestors, Id],
      path: `${unit.path}/${Name}`,
    })),
    accounts: accounts.map((account) => memberOf(account, unit.id)),
  }
}

/**
 * Walks the organization from its root, a level at a time. Any page that fails fails it all: half an organization would
 * look like accounts that left. @throws OrganizationReadError
 */
export const readOrganization = async (call: Call, region: string): Promise<OrganizationReading> => {
  const ask = askIn(call, region)
  const facts = await readFacts(call, region)
  const roots = await listAll<{ Id: string; Name: string }>(ask, 'ListRoots', 'Roots')
  const units: UnitRead[] = []
  const accounts: MemberRead[] = []
  let level = roots.map(({ Id, Name }): UnitRead => ({
    id: Id,
    name: Name,
    parentId: null,
    ancestors: [Id],
    path: Name,
  }))
  while (level.length > 0) {
    units.push(...level)
    const read = await Promise.all(level.map((unit) => readUnit(ask, unit)))
    accounts.push(...read.flatMap((unit) => unit.accounts))
    level = read.flatMap((unit) => unit.below)
  }
  // What is moved, or slips to the next page, while we walk may be met twice; the later place is the newer one.
  const unitsById = new Map(units.map((unit) => [unit.id, unit]))
  const byId = new Map(accounts.map((account) => [account.accountId, account]))
  return { ...facts, units: [...unitsById.values()], accounts: [...byId.values()] }
}
