import { sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Properties, ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import type { Database, Transaction } from '../db/database.ts'
import { publish } from '../events/bus.ts'
import { type Attempt, closeScope, lockClaim } from './closing.ts'
import { type CollectedResource, type CollectScope, keepFailedDetails } from './collect.ts'
import { diff, type FieldChange } from './diff.ts'
import { buryUnseen, type Burial } from './disappearance.ts'
import { replaceEdges } from './edges.ts'
import { entryDigest } from './entry-digest.ts'
import type { Claim } from './queue.ts'
import { withoutVolatile } from './recorded.ts'

/** What a scan of one scope brought home. */
export interface Scan extends Attempt {
  found: CollectedResource[]
  /** AWS's own id of the call that failed, for the log. */
  awsRequestId?: string | undefined
}

interface Stored {
  id: number
  nativeId: string
  hash: Buffer
  missing: boolean
  deleted: boolean
  detailCode: string | null
}

interface Previous {
  properties: Properties
}

export interface Outcome {
  created: number
  changed: number
  deleted: number
  /** Resources whose edges are new: to be bound. */
  touched: number[]
}

/** Rows in one statement: large enough to amortise the round trip, small enough for a modest message. */
const batchSize = 500

const inBatches = async <T>(rows: readonly T[], write: (batch: T[]) => Promise<void>): Promise<void> => {
  for (let start = 0; start < rows.length; start += batchSize) await write(rows.slice(start, start + batchSize))
}

const ids = (values: readonly number[]) => sql`${sql.param([...values])}::bigint[]`

/** Live rows, and deleted ones that are back: the rest of the dead would only grow each scan. */
const readStored = async (
  tx: Transaction,
  scopeId: number,
  found: readonly CollectedResource[],
): Promise<Map<string, Stored>> => {
  const { rows } = await tx.execute<{
    id: string
    native_id: string
    hash: Buffer
    missing: boolean
    deleted: boolean
    detail_code: string | null
  }>(sql`
    select id, native_id, hash, missing_since is not null as missing, deleted_at is not null as deleted, detail_error ->> 'code' as detail_code
    from resource where scope_id = ${scopeId}
      and (deleted_at is null or native_id = any(${sql.param(found.map((item) => item.resourceId))}::text[]))`)
  return new Map(
    rows.map((row) => [
      row.native_id,
      {
        id: Number(row.id),
        nativeId: row.native_id,
        hash: row.hash,
        missing: row.missing,
        deleted: row.deleted,
        detailCode: row.detail_code,
      },
    ]),
  )
}

const readPrevious = async (tx: Transaction, resourceIds: readonly number[]): Promise<Map<number, Previous>> => {
  if (resourceIds.length === 0) return new Map()
  const { rows } = await tx.execute<{ id: string; properties: Properties }>(sql`
    select id, properties from resource where id = any(${ids(resourceIds)})`)
  return new Map(rows.map((row) => [Number(row.id), row]))
}

/** With details that failed this time kept as they were, so that a denial changes nothing but the mark on the row. */
const withKeptDetails = async (
  tx: Transaction,
  type: ResourceTypeDefinition,
  scope: CollectScope,
  found: readonly CollectedResource[],
  stored: Map<string, Stored>,
): Promise<CollectedResource[]> => {
  const partial = found.filter((item) => item.failedDetails.length > 0)
  const previous = await readPrevious(
    tx,
    partial.flatMap((item) => stored.get(item.resourceId)?.id ?? []),
  )
  return found.map((item) => {
    const before = previous.get(stored.get(item.resourceId)?.id ?? -1)
    return before === undefined ? item : keepFailedDetails(type, scope, item, before.properties)
  })
}

const rowOf = (item: CollectedResource) => ({
  native_id: item.resourceId,
  arn: item.arn,
  region: item.region,
  name: item.name,
  state: item.state,
  tags: item.tags,
  properties: item.properties,
  hash: item.hash.toString('hex'),
  created_at: item.createdAt,
  endpoint: item.endpoint,
  detail_error: item.detailError,
})

const columns = sql`native_id text, arn text, region text, name text, state text, tags jsonb, properties jsonb, hash text, created_at timestamptz, endpoint text, detail_error jsonb`

const insertNew = async (
  tx: Transaction,
  claim: Claim,
  type: ResourceTypeDefinition,
  accountId: string,
  items: CollectedResource[],
): Promise<Map<string, number>> => {
  const inserted = new Map<string, number>()
  await inBatches(items, async (batch) => {
    const values = batch.map((item) => ({ ...rowOf(item), uid: uuidv7() }))
    const { rows } = await tx.execute<{ id: string; native_id: string }>(sql`
      insert into resource (uid, scope_id, account_id, region, service, resource_type, native_id, arn, name, state, tags, properties, hash, created_at, endpoint, discovered_at, changed_at, detail_error)
      select uid, ${claim.scopeId}::bigint, ${accountId}, region, ${type.service}, ${type.resourceType}, native_id, arn, name, state, tags, properties, decode(hash, 'hex'), created_at, endpoint, now(), now(), detail_error
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as r(uid uuid, ${columns})
      returning id, native_id`)
    for (const row of rows) inserted.set(row.native_id, Number(row.id))
    await tx.execute(sql`
      insert into resource_version (resource_id, version, at, kind, changes)
      select id, 1, now(), 'CREATED', '[]'::jsonb from resource where id = any(${ids(rows.map((row) => Number(row.id)))})`)
  })
  return inserted
}

/** Name, state and tags come from properties, so their changes are told there, once. */
const describeChange = (type: ResourceTypeDefinition, before: Previous, after: CollectedResource): FieldChange[] =>
  diff(withoutVolatile(type, before.properties), withoutVolatile(type, after.properties))

const updateChanged = async (
  tx: Transaction,
  type: ResourceTypeDefinition,
  items: { item: CollectedResource; stored: Stored }[],
): Promise<void> => {
  const previous = await readPrevious(
    tx,
    items.map(({ stored }) => stored.id),
  )
  const values = items.map(({ item, stored }) => {
    const before = previous.get(stored.id)
    const changes = before === undefined ? [] : describeChange(type, before, item)
    return {
      ...rowOf(item),
      id: stored.id,
      kind: stored.deleted ? 'CREATED' : 'CHANGED',
      changes,
      versioned: stored.deleted || !stored.hash.equals(item.hash),
    }
  })
  await inBatches(values, async (batch) => {
    await tx.execute(sql`
      with next as (
        select * from jsonb_to_recordset(${JSON.stringify(batch)}::jsonb) as r(id bigint, kind text, changes jsonb, versioned boolean, ${columns})
      ), updated as (
        update resource r set
          arn = n.arn, region = n.region, name = n.name, state = n.state, tags = n.tags, properties = n.properties, hash = decode(n.hash, 'hex'),
          created_at = n.created_at, endpoint = n.endpoint, detail_error = n.detail_error, missing_since = null, deleted_at = null,
          version = r.version + n.versioned::int, changed_at = case when n.versioned then now() else r.changed_at end
        from next n where r.id = n.id
        returning r.id, r.version, n.kind, n.changes, n.versioned
      )
      insert into resource_version (resource_id, version, at, kind, changes)
      select id, version, now(), kind, changes from updated where versioned`)
  })
}

const needsUpdate = (item: CollectedResource, row: Stored): boolean =>
  row.deleted || row.missing || !row.hash.equals(item.hash) || (item.detailError?.code ?? null) !== row.detailCode

const writeFound = async (
  tx: Transaction,
  claim: Claim,
  type: ResourceTypeDefinition,
  scope: CollectScope,
  found: readonly CollectedResource[],
  stored: Map<string, Stored>,
  describedAnew: boolean,
): Promise<Omit<Outcome, 'deleted'>> => {
  const items = await withKeptDetails(tx, type, scope, found, stored)
  const fresh = items.filter((item) => !stored.has(item.resourceId))
  const updates = items.flatMap((item) => {
    const row = stored.get(item.resourceId)
    return row !== undefined && (describedAnew || needsUpdate(item, row)) ? [{ item, stored: row }] : []
  })
  const inserted = await insertNew(tx, claim, type, scope.accountId, fresh)
  await updateChanged(tx, type, updates)
  const changedContent = updates.filter(
    (update) => update.stored.deleted || !update.stored.hash.equals(update.item.hash),
  )
  const edged = [
    ...fresh.flatMap((item) => {
      const id = inserted.get(item.resourceId)
      return id === undefined ? [] : [{ id, item }]
    }),
    ...(describedAnew ? updates : changedContent).map(({ item, stored: row }) => ({ id: row.id, item })),
  ]
  await replaceEdges(
    tx,
    edged.map(({ id, item }) => ({ src: id, relationships: item.relationships })),
  )
  return { created: fresh.length, changed: changedContent.length, touched: edged.map(({ id }) => id) }
}

const nothingBuried: Burial = { deleted: 0, firstMiss: false }

/** The same id twice in one listing (a page that moved under us): the later answer counts. */
const onceEach = (found: readonly CollectedResource[]): CollectedResource[] => [
  ...new Map(found.map((item) => [item.resourceId, item])).values(),
]

/**
 * Writes a scan in one transaction: rows that changed, versions, edges, tombstones, the ledger and the jobs that wait.
 * Unchanged rows are not touched: they were last seen when their scope was last complete.
 * @throws LeaseLost
 */
export const storeScan = (
  db: Database,
  claim: Claim,
  type: ResourceTypeDefinition,
  scope: CollectScope,
  scan: Scan,
): Promise<Outcome> =>
  db.transaction(async (tx) => {
    const { failures, entryDigest: storedDigest } = await lockClaim(tx, claim)
    const digest = entryDigest(type)
    const found = onceEach(scan.found)
    const stored = await readStored(tx, claim.scopeId, found)
    const written = await writeFound(tx, claim, type, scope, found, stored, storedDigest !== digest)
    const seen = new Set(found.map((item) => item.resourceId))
    const live = [...stored.values()].filter((row) => !row.deleted)
    const unseen = live.filter((row) => !seen.has(row.nativeId))
    // An incomplete list says nothing about what it does not show.
    const burial = scan.complete ? await buryUnseen(tx, claim.scopeId, unseen, live.length) : nothingBuried
    const { created, changed, touched } = written
    const { deleted } = burial
    await closeScope(tx, claim, scan, {
      failures,
      missing: burial.firstMiss,
      entryDigest: scan.complete ? digest : null,
      counts: { seen: found.length, created, changed, deleted },
    })
    if (created + changed + deleted > 0) {
      const { accountId, region } = scope
      const { resourceType } = type
      await publish(tx, { type: 'resources', accountId, region, resourceType, created, changed, deleted })
    }
    return { created, changed, deleted, touched }
  })
