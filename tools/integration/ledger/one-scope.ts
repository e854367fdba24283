import { createHash } from 'node:crypto'
import { findResourceType } from '@dashboard/catalog/catalog.ts'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { type Claim, claimScopes } from '@dashboard/server/discovery/queue.ts'
import { type Outcome, type Scan, storeScan } from '@dashboard/server/discovery/store.ts'
import { type Product, startProduct } from '../../testing/product.ts'

export const accountId = '200000000002'
export const region = 'eu-west-1'
const found = findResourceType('AWS::SQS::Queue')
if (found === undefined) throw new Error('the catalog has no queue')
/** The one type whose scope is scanned. */
export const type = found
export const place = { partition: 'aws', accountId, region, homeRegion: 'us-east-1' }

export const resourceOf = (id: string, content = 'same'): CollectedResource => ({
  resourceId: id,
  arn: `arn:aws:sqs:${region}:${accountId}:${id}`,
  name: id,
  state: null,
  region,
  tags: {},
  createdAt: null,
  endpoint: null,
  properties: { id, content },
  hash: createHash('sha256').update(`${id}${content}`).digest(),
  relationships: [],
  detailError: null,
  failedDetails: [],
})

export const scanOf = (resources: CollectedResource[], rest: Partial<Scan> = {}): Scan => ({
  startedAt: new Date(),
  found: resources,
  complete: true,
  status: 'SUCCEEDED',
  cause: 'SUCCEEDED',
  reason: null,
  fix: null,
  pages: 1,
  calls: 1,
  throttles: 0,
  ...rest,
})

/** Of a list that a denial broke off. */
export const broken: Partial<Scan> = { complete: false, status: 'ACCESS_DENIED', cause: 'ACCESS_DENIED' }

interface LedgerRow {
  status: string
  held: boolean
  held_missing: number
  live: number
  failures: number
  leased: boolean
  complete: boolean
  /** Until it is due again. */
  minutes: number
  priority: number
}

export interface OneScope {
  product: Product
  query<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>
  /** Makes the scope due and takes it. */
  claim(owner?: string): Promise<Claim>
  /** Claims the scope and stores a scan of it. */
  store(scan: Scan): Promise<Outcome>
  rows(): Promise<{ id: string; missing: boolean; deleted: boolean; version: number }[]>
  ledger(): Promise<LedgerRow | undefined>
  /** No resources, and a scope that was never scanned. */
  reset(): Promise<void>
  close(): Promise<void>
}

/** The product without a worker, with an active account of which only one scope is ever due. */
export const startOneScope = async (): Promise<OneScope> => {
  const product = await startProduct()
  const { db } = product.core.database
  const query = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await product.core.database.pool.query<Row & Record<string, unknown>>(text, values)).rows
  const account = { credentialType: 'iam_role', name: 'orders', accountId, regions: [region] }
  const { body } = await product.call<AWSAccount>('POST', '/aws/accounts', account)
  await query("update aws_account set status = 'active' where id = $1", [body.id])
  // Nothing else is to be claimed here.
  await query("update scope set next_due = now() + interval '1 day'")

  const claim = async (owner = 'test'): Promise<Claim> => {
    await query(
      "update scope set next_due = now() - interval '1 second', lease_until = null where resource_type = $1 and region = $2",
      [type.resourceType, region],
    )
    const [taken] = await claimScopes(db, owner, 1)
    if (taken === undefined) throw new Error('nothing was due')
    return taken
  }

  return {
    product,
    query,
    claim,
    store: async (scan) => storeScan(db, await claim(), type, place, scan),
    rows: () =>
      query(
        'select native_id as id, missing_since is not null as missing, deleted_at is not null as deleted, version from resource order by native_id',
      ),
    ledger: async () => {
      const [row] = await query<LedgerRow>(
        `select status, held_since is not null as held, held_missing, live, failures, lease_until is not null as leased,
           last_complete is not null as complete, round(extract(epoch from next_due - now()) / 60)::int as minutes, priority
         from scope where resource_type = $1 and region = $2`,
        [type.resourceType, region],
      )
      return row
    },
    reset: async () => {
      await query('delete from resource')
      await query('delete from scan_run')
      await query(
        `update scope set status = 'NEW', held_since = null, held_missing = 0, disappearance_confirmed_at = null,
           failures = 0, live = 0, last_complete = null, entry_digest = null, reason = null, fix = null`,
      )
    },
    close: () => product.close(),
  }
}
