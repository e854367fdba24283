import { type Properties, iamActionOf, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { valuesAt } from '@dashboard/catalog/path.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { awsErrorCode, awsFailure, type AwsFailure } from '../aws/failure.ts'
import { type Call, collect, type CollectScope, probeOf } from '../discovery/collect.ts'

/** One call that a discovery of the type makes, and what came of it. */
export interface Probe {
  action: string
  /** Null: it was allowed. */
  failure: AwsFailure | null
}

const itemsOf = ({ list }: ResourceTypeDefinition, answer: Properties) =>
  (typeof list.items === 'function' ? list.items(answer) : (valuesAt(answer, list.items) as Properties[])) ?? []

/** The type with its cheapest list call and the first item alone: the engine then makes every call there is, once. */
const firstOf = (type: ResourceTypeDefinition): ResourceTypeDefinition => {
  const { page: _page, ...list } = type.list
  const { input } = probeOf(type)
  return { ...type, list: { ...list, input, items: (answer) => itemsOf(type, answer).slice(0, 1) } }
}

const isDenial = ({ status }: AwsFailure): boolean => status === 'ACCESS_DENIED' || status === 'DENIED_BY_SCP'

/** `absent` codes are answers: the item has none of it. */
const saysAbsent = (type: ResourceTypeDefinition, operation: string, error: unknown): boolean =>
  (type.details ?? []).some((detail) => detail.operation === operation && detail.absent?.includes(awsErrorCode(error)))

/**
 * Lists a type, and asks for the details of the first item where there is one; without any, nothing is known of their
 * actions and nothing is said. Of a detail only a denial counts: the item may have gone, or lack what others have.
 * @throws CredentialsUnavailable
 */
export const probeType = async (call: Call, type: ResourceTypeDefinition, scope: CollectScope): Promise<Probe[]> => {
  const probes: Probe[] = []
  let lost: Error | undefined
  const watched: Call = async (request) => {
    const { operation } = request
    const action = iamActionOf(type, operation) ?? `${type.service}:${operation}`
    try {
      const answer = await call(request)
      probes.push({ action, failure: null })
      return answer
    } catch (error) {
      lost ??= credentialsUnavailable(error)
      if (lost !== undefined) throw error
      const failure = awsFailure(error, action)
      if (operation === type.list.operation || isDenial(failure)) probes.push({ action, failure })
      else if (saysAbsent(type, operation, error)) probes.push({ action, failure: null })
      throw error
    }
  }
  try {
    for await (const _page of collect(firstOf(type), scope, watched)) break
  } catch (error) {
    // What AWS answered is in the probes.
    if (lost === undefined && probes.length === 0) throw error
  }
  // The engine takes a failed detail for the item's; a lease that ended is about none.
  if (lost !== undefined) throw lost
  return probes
}
