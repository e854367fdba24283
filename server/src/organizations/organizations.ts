import { randomBytes } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type {
  JoinOutcome,
  Organization,
  OrganizationAccount,
  OrganizationalUnit,
  OrganizationOnboarding,
} from '@dashboard/contract/organizations.ts'
import { getAccountRow } from '../accounts/accounts.ts'
import type { OwnIdentity } from '../accounts/own-identity.ts'
import { homeRegionOf, partitionOf } from '../aws/partition.ts'
import { organization } from '../db/organization-schema.ts'
import type { Transaction } from '../db/database.ts'
import { AppError, notFound } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { type JoinedOrganization, joinAccounts } from './join.ts'
import { listMembers, type MemberQuery } from './members.ts'
import { organizationOnboarding } from './onboarding.ts'
import { getOrganization, listOrganizations, readUnits } from './present.ts'
import type { OrganizationReading } from './reading.ts'
import { readThrough, refreshOrganization, type RefreshOptions } from './refresh.ts'
import { isRefusal, refusalOf, refused } from './refusal.ts'
import { storeReading } from './store-reading.ts'

interface Terms {
  id: string
  roleName: string
  regions: string[]
}

/** AWS organizations, read through connected accounts. An organization's id here is that of the connection. */
export interface Organizations {
  add(input: { connectionId: string }): Promise<Organization>
  list(): Promise<{ items: Organization[] }>
  get(id: string): Promise<Organization & { units: OrganizationalUnit[] }>
  refresh(id: string): Promise<Organization>
  accounts(query: MemberQuery): Promise<{
    items: OrganizationAccount[]
    nextToken?: string
    total: number
    lastComplete: string | null
  }>
  onboarding(input: { id: string; ouId?: string[] | undefined; roleName: string }): Promise<OrganizationOnboarding>
  join(
    input: Terms & { accountIds?: string[] | undefined; ouIds?: string[] | undefined },
    actor: string,
  ): Promise<{ items: JoinOutcome[]; added: number }>
  enrol(input: Terms & { enabled: boolean; ouIds: string[] }): Promise<Organization>
  delete(id: string): Promise<void>
}

const invalid = (path: string, message: string): AppError =>
  new AppError('INVALID_INPUT', { issues: [{ path, message }] })

const requireRegions = (regions: string[], partition: string): void => {
  if (new Set(regions).size !== regions.length) throw invalid('regions', 'A region is listed twice.')
  const stranger = regions.find((region) => partitionOf(region) !== partition)
  if (stranger !== undefined)
    throw invalid(
      'regions',
      `${stranger} lies in partition ${partitionOf(stranger)}, the organization in ${partition}.`,
    )
}

/** Held until the transaction ends, against a reading or a deletion at the same time. @throws AppError NOT_FOUND */
const lockOrganization = async (tx: Transaction, id: string): Promise<JoinedOrganization> => {
  const [row] = await tx.select().from(organization).where(eq(organization.connectionId, id)).for('update')
  if (row === undefined) throw notFound('organization')
  const { partition } = await getAccountRow(tx, id)
  return { id, partition, externalId: row.externalId }
}

const requireUnits = async (tx: Transaction, id: string, ouIds: readonly string[]): Promise<void> => {
  const { rows } = await tx.execute<{ id: string }>(sql`select id from organizational_unit where connection_id = ${id}`)
  const known = new Set(rows.map((row) => row.id))
  const index = ouIds.findIndex((ouId) => !known.has(ouId))
  if (index >= 0)
    throw invalid(`ouIds.${index}`, `${ouIds[index]} is not in this organization; read it again if it is new.`)
}

export const createOrganizations = (
  options: RefreshOptions & { ownIdentity: (region: string) => Promise<OwnIdentity> },
): Organizations => {
  const { db, ownIdentity } = options

  /** @throws AppError that says why, with what mends it */
  const toldWhy = async <Result>(connectionId: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof AppError || !isRefusal(error)) throw error
      const { accountId } = await getAccountRow(db, connectionId)
      throw refused(refusalOf(error, accountId), error)
    }
  }

  const insert = (connectionId: string, reading: OrganizationReading): Promise<void> =>
    db.transaction(async (tx) => {
      const [added] = await tx
        .insert(organization)
        .values({
          connectionId,
          organizationId: reading.organizationId,
          managementAccountId: reading.managementAccountId,
          externalId: randomBytes(16).toString('hex'),
          lastComplete: sql`now()`,
          lastAttempt: sql`now()`,
          nextDue: sql`now() + interval '1 hour'`,
        })
        .onConflictDoNothing()
        .returning({ id: organization.connectionId })
      if (added === undefined) throw new AppError('ORGANIZATION_EXISTS')
      await storeReading(tx, connectionId, reading)
      await publish(tx, { type: 'account', id: connectionId })
    })

  return {
    add: async ({ connectionId }) => {
      await insert(connectionId, await toldWhy(connectionId, () => readThrough(options, connectionId)))
      return getOrganization(db, connectionId)
    },

    list: async () => ({ items: await listOrganizations(db) }),

    get: async (id) => {
      const [found, units] = await Promise.all([getOrganization(db, id), readUnits(db, id)])
      return { ...found, units }
    },

    refresh: async (id) => {
      await getOrganization(db, id)
      await toldWhy(id, () => refreshOrganization(options, id, true))
      return getOrganization(db, id)
    },

    accounts: async (query) => {
      const { lastComplete } = await getOrganization(db, query.id)
      return { ...(await listMembers(db, query)), lastComplete }
    },

    onboarding: async ({ id, ouId, roleName }) => {
      const found = await getOrganization(db, id)
      const account = await getAccountRow(db, id)
      const roots = (await readUnits(db, id)).filter((unit) => unit.parentId === null).map((unit) => unit.id)
      return organizationOnboarding(await ownIdentity(account.defaultRegion), {
        roleName,
        externalId: found.externalId,
        ouIds: ouId ?? roots,
        region: homeRegionOf(account.partition),
        delegated: account.accountId !== found.managementAccountId,
      })
    },

    join: ({ id, accountIds, ouIds, ...terms }, actor) =>
      db.transaction(async (tx) => {
        const joined = await lockOrganization(tx, id)
        if ((accountIds?.length ?? 0) + (ouIds?.length ?? 0) === 0)
          throw invalid('accountIds', 'Name accounts in `accountIds` or units in `ouIds`.')
        requireRegions(terms.regions, joined.partition)
        await requireUnits(tx, id, ouIds ?? [])
        return joinAccounts(tx, joined, { accountIds, ouIds }, terms, actor)
      }),

    enrol: async ({ id, ...enrolment }) => {
      await db.transaction(async (tx) => {
        const { partition } = await lockOrganization(tx, id)
        requireRegions(enrolment.regions, partition)
        if (enrolment.enabled && enrolment.ouIds.length === 0)
          throw invalid('ouIds', 'Name the units whose new accounts connect by themselves.')
        await requireUnits(tx, id, enrolment.ouIds)
        await tx
          .update(organization)
          .set({ enrolment, enrolledSince: sql`now()` })
          .where(eq(organization.connectionId, id))
      })
      return getOrganization(db, id)
    },

    delete: async (id) => {
      const gone = await db
        .delete(organization)
        .where(eq(organization.connectionId, id))
        .returning({ id: organization.connectionId })
      if (gone.length === 0) throw notFound('organization')
    },
  }
}
