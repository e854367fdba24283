import { sql } from 'drizzle-orm'
import type { Enrolment } from '@dashboard/contract/organizations.ts'
import type { Transaction } from '../db/database.ts'
import { insertConnections, type JoinedOrganization } from './join.ts'
import type { KnownMember } from './known-members.ts'

/**
 * Connects active accounts that came into an enrolled unit, or below one, after the enrolment was set. Whoever was there
 * before was left out by a person, and whoever was removed by one does not come back: moving from one enrolled unit to
 * another changes nothing of that. `before`: the members as they were known before the reading that is stored now.
 */
export const enrolNewAccounts = async (
  tx: Transaction,
  organization: JoinedOrganization,
  before: readonly KnownMember[],
): Promise<void> => {
  const { rows: set } = await tx.execute<{ enrolment: Enrolment | null }>(
    sql`select enrolment from organization where connection_id = ${organization.id}`,
  )
  const enrolment = set[0]?.enrolment
  if (!enrolment?.enabled) return
  const { rows: members } = await tx.execute<{ accountId: string; name: string }>(sql`
    select m.account_id as "accountId", m.name
    from organization_account m
    join organization o on o.connection_id = m.connection_id
    join organizational_unit u on u.connection_id = m.connection_id and u.id = m.ou_id
    where m.connection_id = ${organization.id} and m.state = 'ACTIVE' and m.in_unit_since > o.enrolled_since
      and u.ancestors && ${sql.param(enrolment.ouIds)}::text[]
      and not exists (
        select from aws_account a where a.account_id = m.account_id and a.partition = ${organization.partition})
    order by m.account_id`)
  const enrolled = new Set(enrolment.ouIds)
  const wereThere = new Set(
    before
      .filter(({ state, ancestors }) => state === 'ACTIVE' && ancestors.some((unit) => enrolled.has(unit)))
      .map(({ accountId }) => accountId),
  )
  const fresh = members.filter(({ accountId }) => !wereThere.has(accountId))
  await insertConnections(tx, organization, fresh, enrolment, { kind: 'ENROLLED', actor: 'system' })
  // From here on they are old: a connection that a person removes is not made again.
  await tx.execute(sql`update organization set enrolled_since = now() where connection_id = ${organization.id}`)
}
