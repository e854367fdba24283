import type { Job } from '@dashboard/contract/jobs.ts'
import { discover } from '../testing/connect.ts'
import type { FaultsInput } from '../aws-gateway/faults.ts'
import { resourceKey } from '../estates/scopes.ts'
import type { EstateProduct } from './estate-product.ts'
import { typeNames } from './estate-product.ts'

/** What discovery and, beside it, the usual policy ("what the scan did not show is gone") made of the same scans. */
export interface Figures {
  scans: number
  scopes: number
  scopesNotComplete: number
  injectedFaults: number
  /** Resources that exist and are marked deleted. */
  falseDeletions: number
  /** Resources that exist and are absent from a scope that says SUCCEEDED. */
  missed: number
  /** Resources that existed during both of the last two complete lists without them, and are still shown. */
  controlFalseDeletions: number
  trueDeletions: number
}

/** Deterministic numbers from 0 to 1: mulberry32. */
const randomOf = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const reads = ['*:Describe*', '*:List*', '*:Get*']

/** Five calls in a hundred are disturbed, and one list in twenty is denied or lastingly broken. */
const faultsOf = (seed: string, random: () => number, accounts: readonly string[]): FaultsInput => {
  const lists = [
    'ec2:Describe*',
    'rds:DescribeDBInstances',
    'lambda:ListFunctions',
    'dynamodb:ListTables',
    'sqs:ListQueues',
    'logs:DescribeLogGroups',
    's3:ListAllMyBuckets',
    'iam:GetAccountAuthorizationDetails',
    'elasticloadbalancing:DescribeLoadBalancers',
  ]
  const hit = lists
    .flatMap((action) => accounts.map((accountId) => ({ action, accountId })))
    .filter(() => random() < 0.05)
  return {
    seed,
    denials: hit
      .filter((_, index) => index % 2 === 0)
      .map(({ action, accountId }) => ({ accountId, actions: [action], reason: 'identity-policy' as const })),
    disturbances: [
      ...hit
        .filter((_, index) => index % 2 === 1)
        .map(({ action, accountId }) => ({
          kind: 'server-error' as const,
          accountId,
          actions: [action],
          probability: 0.9,
        })),
      // Throttling comes of asking too fast, as AWS's does; the rest comes of nothing.
      { kind: 'token-bucket', actions: reads, burst: 100, perSecond: 250 },
      { kind: 'server-error', actions: reads, status: 500, probability: 0.02 },
      { kind: 'server-error', actions: reads, status: 503, body: 'html', probability: 0.01 },
      { kind: 'reset', actions: reads, probability: 0.01 },
      { kind: 'truncated-body', actions: reads, probability: 0.005 },
      { kind: 'lost-answer', actions: reads, probability: 0.005 },
    ],
  }
}

interface Row {
  account_id: string
  scope_region: string
  resource_type: string
  native_id: string
  deleted: boolean
  status: string
}

const readInventory = async ({ product }: EstateProduct): Promise<Row[]> =>
  (
    await product.core.database.pool.query<Row>(`
      select r.account_id, s.region as scope_region, r.resource_type, r.native_id, r.deleted_at is not null as deleted, s.status
      from resource r join scope s on s.id = r.scope_id`)
  ).rows

const readScopes = async ({ product }: EstateProduct, job: Job) =>
  (
    await product.core.database.pool.query<{
      account_id: string
      region: string
      resource_type: string
      status: string
      seen: number
      deleted: number
    }>(
      `select a.account_id, s.region, s.resource_type, s.status, run.seen, run.deleted
       from job_scope j join scope s on s.id = j.scope_id join aws_account a on a.id = s.connection_id
       join lateral (select seen, deleted from scan_run r where r.scope_id = s.id order by r.id desc limit 1) run on true
       where j.job_id = $1`,
      [job.id],
    )
  ).rows

const keyOf = (row: Row): string =>
  resourceKey({ accountId: row.account_id, region: row.scope_region, resourceType: row.resource_type }, row.native_id)

const add = (figures: Figures, more: Partial<Figures>): void => {
  for (const [name, value] of Object.entries(more)) figures[name as keyof Figures] += value
}

const compare = (
  truth: ReadonlySet<string>,
  rows: readonly Row[],
  scopes: Awaited<ReturnType<typeof readScopes>>,
): Partial<Figures> => {
  const shown = new Set(rows.filter((row) => !row.deleted).map(keyOf))
  const dead = rows.filter((row) => row.deleted).map(keyOf)
  const perScope = Map.groupBy(truth, (key) => key.split('/').slice(0, 3).join('/'))
  const missed = scopes
    .filter((scope) => scope.status === 'SUCCEEDED')
    .flatMap((scope) => perScope.get(`${scope.account_id}/${scope.region}/${scope.resource_type}`) ?? [])
    .filter((key) => !shown.has(key))
  // The usual policy keeps what this scan showed: of a scope that broke off, the rest of what exists is deleted.
  const control = scopes.map((scope) =>
    Math.max(0, (perScope.get(`${scope.account_id}/${scope.region}/${scope.resource_type}`)?.length ?? 0) - scope.seen),
  )
  return {
    scopes: scopes.length,
    scopesNotComplete: scopes.filter((scope) => scope.status !== 'SUCCEEDED').length,
    falseDeletions: dead.filter((key) => truth.has(key)).length,
    missed: missed.length,
    controlFalseDeletions: control.reduce((sum, count) => sum + count, 0),
    trueDeletions: scopes.reduce((sum, scope) => sum + scope.deleted, 0),
  }
}

/** Scans an estate that churns, again and again, through faults; every scan is held against the truth. */
export const runFaultyScans = async (
  subject: EstateProduct,
  options: { scans: number; seed: number; report?: (figures: Figures) => void },
): Promise<Figures> => {
  const { aws, product } = subject
  const random = randomOf(options.seed)
  const figures: Figures = {
    scans: 0,
    scopes: 0,
    scopesNotComplete: 0,
    injectedFaults: 0,
    falseDeletions: 0,
    missed: 0,
    controlFalseDeletions: 0,
    trueDeletions: 0,
  }
  for (let scan = 0; scan < options.scans; scan += 1) {
    if (scan > 0) aws.estate.churn({ seed: `${options.seed}-${scan}`, add: 20, remove: 10, change: 30 })
    aws.gateway.setFaults(scan === 0 ? {} : faultsOf(`${options.seed}-${scan}`, random, aws.estate.accounts))
    const job = await discover(product, { resourceTypes: typeNames }, 600_000)
    add(figures, {
      scans: 1,
      ...compare(aws.estate.resources(), await readInventory(subject), await readScopes(subject, job)),
    })
    figures.injectedFaults = Object.values(aws.gateway.status().injected ?? {}).reduce(
      (sum, count) => sum + (count ?? 0),
      0,
    )
    options.report?.(figures)
  }
  return figures
}
