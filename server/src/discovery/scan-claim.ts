import { findResourceType } from '@dashboard/catalog/catalog.ts'
import { markAccessLost } from '../accounts/access-lost.ts'
import { connectionOf, getAccountRow } from '../accounts/accounts.ts'
import { isRegionDisabled, mayMeanRegionDisabled } from '../accounts/regions.ts'
import type { Broker } from '../aws/broker.ts'
import type { Send } from '../aws/client-pool.ts'
import { type CredentialsUnavailable, credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { homeRegionOf } from '../aws/partition.ts'
import type { ReadGates } from '../aws/read-gates.ts'
import { readsOf } from '../aws/reads.ts'
import { serviceIsAbsent } from '../aws/service-is-absent.ts'
import type { Database } from '../db/database.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log/log.ts'
import type { Meter } from '../metrics/meter.ts'
import { closeWithoutScan, LeaseLost } from './closing.ts'
import { bindEdges } from './edges.ts'
import type { Claim } from './queue.ts'
import { type Proofs, scanScope } from './scan.ts'
import { storeScan } from './store.ts'

export type WorkerMetrics = Pick<Meter, 'scanned'>

export interface ScanOptions {
  db: Database
  send: Send
  gates: ReadGates
  broker: Broker
  log: Logger
  metrics: WorkerMetrics
}

const scanOne = async (
  { db, send, gates, broker, log, metrics }: ScanOptions,
  claim: Claim,
  signal: AbortSignal,
): Promise<void> => {
  const type = findResourceType(claim.resourceType)
  if (type === undefined) {
    // A newer version wrote it and an older one reads it.
    return closeWithoutScan(db, claim, { status: 'NOT_SUPPORTED', reason: 'This version does not discover this type.' })
  }
  const account = await getAccountRow(db, claim.connectionId)
  const connection = await connectionOf(db, account)
  const place = {
    partition: account.partition,
    accountId: account.accountId,
    region: claim.region,
    homeRegion: homeRegionOf(account.partition),
  }
  const count = { calls: 0, throttles: 0 }
  const started = performance.now()
  const call = readsOf({ send, gates, broker, connection, count, signal })
  const proofs: Proofs = {
    serviceIsAbsent: (error) => serviceIsAbsent(error, claim.region === 'global' ? place.homeRegion : claim.region),
    isRegionDisabled: async (code) => mayMeanRegionDisabled(code) && isRegionDisabled(call, account, claim.region),
  }
  const scan = await scanScope(type, place, call, count, proofs, signal)
  const { touched, created, changed, deleted } = await storeScan(db, claim, type, place, { ...scan, ...count })
  await bindEdges(db, touched)
  const seconds = (performance.now() - started) / 1000
  metrics.scanned({ status: scan.status, seconds, created, changed, deleted })
  const { accountId, region } = place
  const level = scan.status === 'SUCCEEDED' ? 'debug' : 'info'
  log[level](
    {
      accountId,
      region,
      resourceType: type.resourceType,
      status: scan.status,
      reason: scan.reason,
      seen: scan.found.length,
      created,
      changed,
      deleted,
      ...count,
      awsRequestId: scan.awsRequestId,
    },
    'scope scanned',
  )
}

/** No credentials, so nothing was asked. Refused, the account has lost its access; otherwise the scope waits its turn. */
const closeUnsigned = async (
  { db, log }: ScanOptions,
  claim: Claim,
  failure: CredentialsUnavailable,
): Promise<void> => {
  await closeWithoutScan(db, claim, { status: 'FAILED', reason: failure.reason })
  if (await markAccessLost(db, claim.connectionId, failure)) {
    log.warn({ connectionId: claim.connectionId, reason: failure.reason }, 'account lost its access')
  }
}

const isGone = (err: unknown): boolean =>
  err instanceof LeaseLost || (err instanceof AppError && err.code === 'NOT_FOUND')

/** Scans one claimed scope to its end, whatever that is. Never throws. */
export const scanClaim = async (given: ScanOptions, claim: Claim, signal: AbortSignal): Promise<void> => {
  const { db } = given
  const log = claim.requestIds.length === 0 ? given.log : given.log.child({ requestIds: claim.requestIds })
  const options = { ...given, log }
  try {
    await scanOne(options, claim, signal)
  } catch (err) {
    if (signal.aborted) return
    if (isGone(err)) {
      log.info({ scopeId: claim.scopeId }, 'scan dropped: its scope is elsewhere or gone')
      return
    }
    const unsigned = credentialsUnavailable(err)
    // Otherwise the cause is ours, not AWS's: the scope says so, and who waits for it is answered.
    const closing =
      unsigned === undefined
        ? closeWithoutScan(db, claim, {
            status: 'FAILED',
            reason: 'The answer could not be stored; the log of this installation says why.',
          })
        : closeUnsigned(options, claim, unsigned)
    await closing.catch((error: unknown) => log.warn({ err: error, scopeId: claim.scopeId }, 'scope stays leased'))
    const { resourceType, region } = claim
    log[unsigned === undefined ? 'error' : 'info']({ err, scopeId: claim.scopeId, resourceType, region }, 'scan failed')
  }
}
