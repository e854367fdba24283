import {
  iamActionOf,
  type ParentDefinition,
  type Properties,
  type ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
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

const itemsOf = ({ list }: ResourceTypeDefinition, answer: Properties, parent: string) =>
  (typeof list.items === 'function' ? list.items(answer, parent) : (valuesAt(answer, list.items) as Properties[])) ?? []

/** One page, the smallest. */
const cheapest = <Asked extends Pick<ParentDefinition, 'input' | 'page'>>(asked: Asked) => {
  const { page: _page, ...rest } = asked
  return { ...rest, input: probeOf(asked) }
}

/** The type with its cheapest calls and the first item of the first parent alone: the engine makes every call once. */
const firstOf = (type: ResourceTypeDefinition): ResourceTypeDefinition => {
  const { list, parent } = type
  const items = (answer: Properties, of: string) => itemsOf(type, answer, of).slice(0, 1)
  const names = (answer: Properties) => parent?.names(answer)?.slice(0, 1)
  return { ...type, ...(parent && { parent: { ...cheapest(parent), names } }), list: { ...cheapest(list), items } }
}

const isDenial = ({ status }: AwsFailure): boolean => status === 'ACCESS_DENIED' || status === 'DENIED_BY_SCP'

/** `absent` codes are answers: the item has none of it. */
const saysAbsent = (type: ResourceTypeDefinition, operation: string, error: unknown): boolean =>
  (type.details ?? []).some((detail) => detail.operation === operation && detail.absent?.includes(awsErrorCode(error)))

/** The first parent may go between the two calls: AWS has answered the second, so it was allowed. */
const saysGone = ({ list, parent }: ResourceTypeDefinition, operation: string, error: unknown): boolean =>
  operation === list.operation && parent?.gone.includes(awsErrorCode(error)) === true

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
      const lists = [type.list.operation, type.parent?.operation].includes(operation)
      if (saysGone(type, operation, error) || saysAbsent(type, operation, error)) probes.push({ action, failure: null })
      else if (lists || isDenial(failure)) probes.push({ action, failure })
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
