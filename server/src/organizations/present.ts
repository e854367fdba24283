import { eq, sql } from 'drizzle-orm'
import type { Organization, OrganizationalUnit } from '@dashboard/contract/organizations.ts'
import type { Database } from '../db/database.ts'
import { organization } from '../db/organization-schema.ts'
import { awsAccount } from '../db/schema.ts'
import { notFound } from '../errors.ts'

const countsOf = async (db: Database, ids: readonly string[]) => {
  const { rows } = await db.execute<{ id: string; total: number; active: number; connected: number }>(sql`
    select m.connection_id as id, count(*)::int as total,
      count(*) filter (where m.state = 'ACTIVE')::int as active,
      count(a.id)::int as connected
    from organization_account m
    join aws_account reader on reader.id = m.connection_id
    left join aws_account a on a.account_id = m.account_id and a.partition = reader.partition
    where m.connection_id = any(${sql.param([...ids])}::uuid[]) group by m.connection_id`)
  return new Map(rows.map(({ id, total, active, connected }) => [id, { total, active, connected }]))
}

const nobody = { total: 0, active: 0, connected: 0 }

const present = async (
  db: Database,
  rows: { organization: typeof organization.$inferSelect; connectionName: string }[],
): Promise<Organization[]> => {
  const counts = await countsOf(
    db,
    rows.map((row) => row.organization.connectionId),
  )
  return rows.map(({ organization: row, connectionName }) => ({
    id: row.connectionId,
    organizationId: row.organizationId,
    managementAccountId: row.managementAccountId,
    connectionName,
    externalId: row.externalId,
    accounts: counts.get(row.connectionId) ?? nobody,
    enrolment: row.enrolment,
    lastComplete: row.lastComplete?.toISOString() ?? null,
    lastAttempt: row.lastAttempt?.toISOString() ?? null,
    reason: row.reason,
    fix: row.fix,
  }))
}

const select = (db: Database) =>
  db
    .select({ organization, connectionName: awsAccount.name })
    .from(organization)
    .innerJoin(awsAccount, eq(awsAccount.id, organization.connectionId))

export const listOrganizations = async (db: Database): Promise<Organization[]> =>
  present(db, await select(db).orderBy(organization.createdAt))

/** @throws AppError NOT_FOUND */
export const getOrganization = async (db: Database, id: string): Promise<Organization> => {
  const [found] = await present(db, await select(db).where(eq(organization.connectionId, id)))
  if (found === undefined) throw notFound('organization')
  return found
}

/** The units of an organization in the order of their paths, with the accounts directly in each. */
export const readUnits = async (db: Database, id: string): Promise<OrganizationalUnit[]> => {
  const { rows } = await db.execute<OrganizationalUnit & Record<string, unknown>>(sql`
    select u.id, u.name, u.parent_id as "parentId", u.path, u.environment,
      count(m.account_id)::int as accounts, count(a.id)::int as connected
    from organizational_unit u
    join aws_account reader on reader.id = u.connection_id
    left join organization_account m on m.connection_id = u.connection_id and m.ou_id = u.id
    left join aws_account a on a.account_id = m.account_id and a.partition = reader.partition
    where u.connection_id = ${id} group by u.connection_id, u.id order by u.path`)
  return rows
}
