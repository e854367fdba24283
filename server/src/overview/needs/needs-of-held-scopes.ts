import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import type { Database } from '../../db/database.ts'
import { awsAccount } from '../../db/schema.ts'
import { listScopes } from '../../discovery/scope-list.ts'

const labels = new Map(resourceTypes.map((type) => [type.resourceType, type.label]))

/** Scopes where much vanished at once: somebody must say whether to believe it. */
export const needsOfHeldScopes = async (db: Database): Promise<NeedsYou[]> => {
  const { items } = await listScopes(db, { held: true }, { maxResults: 50 })
  const ids = await db.select({ id: awsAccount.id, accountId: awsAccount.accountId }).from(awsAccount)
  const connections = new Map(ids.map((row) => [row.accountId, row.id]))
  return items.map((item) => ({
    kind: 'SCOPE_HELD',
    severity: 'HIGH',
    title: `${item.accountName}, ${item.region}, ${labels.get(item.resourceType) ?? item.resourceType}: ${item.held?.missing ?? 0} of ${item.resources} vanished at once`,
    detail: 'Probably a permission or a wrong answer, so nothing is deleted. Confirm if they are really gone.',
    since: item.held?.since ?? null,
    accountId: item.accountId,
    connectionId: connections.get(item.accountId) ?? null,
    scopeId: item.id,
    fix: null,
  }))
}
