import { count, getTableColumns, inArray, isNull, and, eq, max, sql } from 'drizzle-orm'
import type { AWSAccount, AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { accountEnvironment, awsAccount, resource, scope } from '../db/schema.ts'
import { readCoverageByConnection } from '../discovery/coverage.ts'
import { notFound } from '../errors.ts'

export type AccountRow = typeof awsAccount.$inferSelect

const nothingScanned: Coverage = {
  scopes: { total: 0, byStatus: {} },
  accounts: { total: 0, complete: 0 },
  completeAsOf: null,
  gaps: [],
}

const readCounts = async (db: Database, ids: string[]) => {
  if (ids.length === 0) return new Map<string, { resources: number; lastAttempt: Date | null }>()
  const counts = await db
    .select({ id: scope.connectionId, resources: count() })
    .from(resource)
    .innerJoin(scope, eq(scope.id, resource.scopeId))
    .where(and(inArray(scope.connectionId, ids), isNull(resource.deletedAt)))
    .groupBy(scope.connectionId)
  const attempts = await db
    .select({ id: scope.connectionId, lastAttempt: max(scope.lastAttempt) })
    .from(scope)
    .where(inArray(scope.connectionId, ids))
    .groupBy(scope.connectionId)
  const resources = new Map(counts.map((row) => [row.id, row.resources]))
  return new Map(
    attempts.map((row) => [row.id, { resources: resources.get(row.id) ?? 0, lastAttempt: row.lastAttempt }]),
  )
}

/** By connection. */
const readEnvironments = async (db: Database, ids: string[]) => {
  if (ids.length === 0) return new Map<string, typeof accountEnvironment.$inferSelect>()
  const rows = await db.select().from(accountEnvironment).where(inArray(accountEnvironment.connectionId, ids))
  return new Map(rows.map((row) => [row.connectionId, row]))
}

/** Where each connection's account is in an organization that we read in the same partition. */
const readPlaces = async (db: Database, ids: string[]) => {
  const { rows } = await db.execute<{ id: string } & NonNullable<AWSAccount['organization']>>(sql`
    select distinct on (a.id) a.id, o.organization_id as "organizationId", m.ou_id as "ouId",
      coalesce(u.path, m.ou_id) as "ouPath", o.connection_id as "connectionId"
    from aws_account a
    join organization_account m on m.account_id = a.account_id
    join organization o on o.connection_id = m.connection_id
    join aws_account reader on reader.id = o.connection_id and reader.partition = a.partition
    left join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    where a.id = any(${sql.param(ids)}::uuid[])
    order by a.id, o.connection_id`)
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

type PermissionsByRegion = AWSAccount['permissionsByRegion']

/** What a list reads of an account: its permissions counted, not told. */
export type AccountListRow = Omit<AccountRow, 'permissions'> & { permissionsByRegion: PermissionsByRegion }

const { permissions: _permissions, ...columns } = getTableColumns(awsAccount)

export const accountListColumns = {
  ...columns,
  permissionsByRegion: sql<PermissionsByRegion>`(
    select coalesce(jsonb_agg(jsonb_build_object('region', region, 'probed', probed, 'denied', denied) order by region), '[]')
    from (
      select p->>'region' as region, count(*) as probed, count(*) filter (where not (p->>'allowed')::boolean) as denied
      from jsonb_array_elements(${awsAccount.permissions}) p group by 1
    ) counted)`,
}

const countByRegion = (permissions: AWSAccount['permissions']): PermissionsByRegion =>
  [...Map.groupBy(permissions, ({ region }) => region)].map(([region, probed]) => ({
    region,
    probed: probed.length,
    denied: probed.filter(({ allowed }) => !allowed).length,
  }))

/** Accounts as lists show them, with what discovery knows of each. */
export const presentAccounts = async (db: Database, rows: AccountListRow[]): Promise<AWSAccountSummary[]> => {
  const ids = rows.map((row) => row.id)
  const [coverage, counts, environments, places] = await Promise.all([
    readCoverageByConnection(db, ids),
    readCounts(db, ids),
    readEnvironments(db, ids),
    readPlaces(db, ids),
  ])
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    accountId: row.accountId,
    partition: row.partition,
    credentialType: row.credentialType,
    credentialId: row.credentialId,
    regions: row.regions,
    defaultRegion: row.defaultRegion,
    roleArn: row.roleArn,
    externalId: row.externalId,
    status: row.status,
    phase: row.phase,
    exposed: row.exposed,
    fix: row.fix,
    lastValidated: row.lastValidated?.toISOString() ?? null,
    lastError: row.lastError,
    permissionsByRegion: row.permissionsByRegion,
    tags: row.tags,
    environment: environments.get(row.id)?.environment ?? null,
    environmentSource: environments.get(row.id)?.source ?? null,
    organization: places.get(row.id) ?? null,
    nextValidation: row.nextValidation?.toISOString() ?? null,
    resourceCount: counts.get(row.id)?.resources ?? 0,
    coverage: coverage.get(row.id) ?? nothingScanned,
    lastDiscovered: counts.get(row.id)?.lastAttempt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}

/** @throws AppError NOT_FOUND */
export const presentAccount = async (db: Database, row: AccountRow): Promise<AWSAccount> => {
  const { permissions } = row
  const [shown] = await presentAccounts(db, [{ ...row, permissionsByRegion: countByRegion(permissions) }])
  if (shown === undefined) throw notFound('account')
  return { ...shown, permissions }
}
