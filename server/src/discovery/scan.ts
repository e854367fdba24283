import { iamActionOf, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { awsFailure, type AwsFailure } from '../aws/failure.ts'
import { awsRequestIdOf } from '../aws/observe-calls.ts'
import type { ReadCount } from '../aws/reads.ts'
import { type Call, collect, type CollectedResource, type CollectScope, failedOperation } from './collect.ts'
import type { Scan } from './store.ts'

interface Judgement {
  status: ScopeStatus
  cause: ScopeStatus
  reason: string | null
  fix: Fix | null
  /** AWS's own id of the call that failed, for the log. */
  awsRequestId?: string | undefined
}

const actionOf = (type: ResourceTypeDefinition, operation: string): string =>
  iamActionOf(type, operation) ?? `${type.service}:${operation}`

/** A complete list with details that could not be read is PARTIAL: everything is there, not everything about it. */
const judgeDetails = (type: ResourceTypeDefinition, found: readonly CollectedResource[]): Judgement => {
  const errors = found.flatMap((item) => item.detailError ?? [])
  const [first] = errors
  if (first === undefined) return { status: 'SUCCEEDED', cause: 'SUCCEEDED', reason: null, fix: null }
  const failure = awsFailure(
    Object.assign(new Error(first.message), { name: first.code }),
    actionOf(type, first.operation),
  )
  return {
    status: 'PARTIAL',
    cause: failure.status,
    reason: `${errors.length} of ${found.length} without all details: ${failure.reason}`,
    fix: failure.fix,
  }
}

/** What only another question can tell about a failed list: whether the service, or the region, is there at all. */
export interface Proofs {
  serviceIsAbsent(error: unknown): Promise<boolean>
  isRegionDisabled(code: string): Promise<boolean>
}

const sortFailure = async (type: ResourceTypeDefinition, error: unknown, proofs: Proofs): Promise<AwsFailure> => {
  const failure = awsFailure(error, actionOf(type, failedOperation(error) ?? type.list.operation))
  if (await proofs.serviceIsAbsent(error)) {
    return { ...failure, status: 'NOT_SUPPORTED', reason: 'AWS does not offer this service in this region.' }
  }
  if (failure.status === 'FAILED' && (await proofs.isRegionDisabled(failure.code))) {
    return { ...failure, status: 'REGION_DISABLED', reason: 'The region is not enabled for this account.' }
  }
  return failure
}

const judgeFailure = async (
  type: ResourceTypeDefinition,
  error: unknown,
  found: readonly CollectedResource[],
  proofs: Proofs,
): Promise<Judgement> => {
  const failure = await sortFailure(type, error, proofs)
  const { status: cause, reason, fix } = failure
  const awsRequestId = awsRequestIdOf(error)
  if (found.length === 0) return { status: cause, cause, reason, fix, awsRequestId }
  return { status: 'PARTIAL', cause, reason: `The list broke off after ${found.length}: ${reason}`, fix, awsRequestId }
}

/**
 * Reads one scope from AWS. AWS's refusals are results.
 * @throws CredentialsUnavailable when nothing could be signed, and what the signal was aborted with
 */
export const scanScope = async (
  type: ResourceTypeDefinition,
  scope: CollectScope,
  call: Call,
  count: ReadCount,
  proofs: Proofs,
  signal: AbortSignal,
): Promise<Scan> => {
  const startedAt = new Date()
  const found: CollectedResource[] = []
  let pages = 0
  const finish = (complete: boolean, judgement: Judgement): Scan => ({
    startedAt,
    found,
    complete,
    pages,
    ...count,
    ...judgement,
  })
  try {
    for await (const page of collect(type, scope, call, signal)) {
      pages += 1
      found.push(...page)
    }
    return finish(true, judgeDetails(type, found))
  } catch (error) {
    signal.throwIfAborted()
    if (credentialsUnavailable(error) !== undefined) throw error
    return finish(false, await judgeFailure(type, error, found, proofs))
  }
}
