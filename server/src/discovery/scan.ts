import { iamActionOf, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import type { Fix, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { awsFailure } from '../aws/failure.ts'
import type { ReadCount } from '../aws/reads.ts'
import { type Call, collect, type CollectedResource, type CollectScope } from './collect.ts'
import type { Scan } from './store.ts'

interface Judgement {
  status: ScopeStatus
  cause: ScopeStatus
  reason: string | null
  fix: Fix | null
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

const judgeFailure = (type: ResourceTypeDefinition, error: unknown, found: readonly CollectedResource[]): Judgement => {
  const failure = awsFailure(error, actionOf(type, type.list.operation))
  const { status: cause, reason, fix } = failure
  if (found.length === 0) return { status: cause, cause, reason, fix }
  return { status: 'PARTIAL', cause, reason: `The list broke off after ${found.length}: ${reason}`, fix }
}

/** Reads one scope from AWS. AWS's refusals are results; only an abort throws. */
export const scanScope = async (
  type: ResourceTypeDefinition,
  scope: CollectScope,
  call: Call,
  count: ReadCount,
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
    return finish(false, judgeFailure(type, error, found))
  }
}
