import { valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import {
  clientOf,
  type DetailDefinition,
  type PageDefinition,
  type Properties,
  type ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
import { ForeignAnswerError } from '../aws/foreign-answer.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { type Identity, identify, type Place, uniqueRelationships } from './identify.ts'
import { hashOf, redact, settle, toJson, toJsonObject } from './recorded.ts'

export interface CallRequest {
  /** Suffix of the SDK package: `ec2` for `@aws-sdk/client-ec2`. */
  client: string
  region: string
  operation: string
  input: Properties
}

/** One AWS call: signs for the region, gives the SDK's answer, throws the SDK's error. */
export type Call = (request: CallRequest) => Promise<Properties>

export interface CollectScope {
  partition: string
  accountId: string
  /** A region, or `global`. */
  region: string
  /** Region in which global services are signed and called, as us-east-1. */
  homeRegion: string
}

export interface DetailError {
  operation: string
  message: string
  code: string
  at: string
}

export interface CollectedResource extends Identity {
  region: string
  /** As AWS describes it, redacted: this may be stored. */
  properties: Properties
  /** SHA-256 of the properties without volatile fields. */
  hash: Buffer
  /** The first detail call that failed. */
  detailError: DetailError | null
  /** Properties that the failed calls would have given; `*` stands for all that are not there. */
  failedDetails: string[]
}

/** Calls in flight within one page; AWS's smallest buckets (Lambda's and IAM's reads) refill about twice as fast. */
const detailConcurrency = 8

/**
 * All resources of one type in one scope, a page at a time. Throws when a page of the list fails, so only a listing that
 * ends has seen everything. A failed detail call never loses the resource: it marks it.
 */
export async function* collect(
  type: ResourceTypeDefinition,
  scope: CollectScope,
  call: Call,
  signal?: AbortSignal,
): AsyncGenerator<CollectedResource[]> {
  const region = scope.region === 'global' ? scope.homeRegion : scope.region
  const request = { client: clientOf(type), region, operation: type.list.operation, input: firstInput(type) }
  for await (const answer of pages(request, type.list.page, call, signal)) {
    const items = itemsOf(type, answer).map((item) => toJsonObject(item))
    yield await mapConcurrently(items, (item) => completed(type, scope, item, { ...request, input: {} }, call, signal))
  }
}

/** The list call in its cheapest form, to learn whether it is allowed. */
export function probeOf(type: ResourceTypeDefinition): Omit<CallRequest, 'region'> {
  const size = type.list.page?.size
  const input = { ...type.list.input, ...(size && { [size.name]: size.min }) }
  return { client: clientOf(type), operation: type.list.operation, input }
}

/**
 * The resource with the last known values of the details that failed this time, so that a denied detail changes nothing.
 * `previous` is what is stored of it: its properties, redacted. Relationships that only unredacted values give stay.
 */
export function keepFailedDetails(
  type: ResourceTypeDefinition,
  scope: CollectScope,
  resource: CollectedResource,
  previous: Properties,
): CollectedResource {
  if (resource.failedDetails.length === 0) return resource
  const everything = resource.failedDetails.includes('*')
  const kept = Object.entries(previous).filter(([key]) => everything || resource.failedDetails.includes(key))
  const merged = describe(type, scope, { ...Object.fromEntries(kept), ...resource.properties })
  const relationships = uniqueRelationships([...merged.relationships, ...resource.relationships])
  return { ...resource, ...merged, relationships }
}

const firstInput = (type: ResourceTypeDefinition): Properties => {
  const size = type.list.page?.size
  return { ...type.list.input, ...(size && { [size.name]: size.max }) }
}

/**
 * The items of an answer. AWS sends the list also when nothing is in it, unless the entry says otherwise: an answer
 * without it is not a list of nothing, and everything known would count as gone.
 */
function itemsOf({ list }: ResourceTypeDefinition, answer: Properties): readonly Properties[] {
  const { items, operation, absentWhenEmpty = false } = list
  const isThere = typeof items === 'function' || Array.isArray(answer[listMemberOf(items)])
  const found = typeof items === 'function' ? items(answer) : (valuesAt(answer, items) as Properties[])
  if (isThere && found !== undefined) return found
  if (absentWhenEmpty) return []
  throw new ForeignAnswerError(`${operation} was answered without its list.`)
}

/** `Reservations` of `Reservations[].Instances`. */
const listMemberOf = (items: string): string => /^[^.[]+/.exec(items)?.[0] ?? items

/** Follows the tokens. A token that comes twice would go on for ever, so it is an error. */
async function* pages(request: CallRequest, page: PageDefinition | undefined, call: Call, signal?: AbortSignal) {
  const seen = new Set<unknown>()
  let input = request.input
  while (true) {
    signal?.throwIfAborted()
    const answer = await call({ ...request, input })
    yield answer
    const token = page && answer[page.response]
    if (!page || token === undefined || token === null || token === '') return
    if (seen.has(token)) throw new Error(`${request.operation} gave the same page token twice`)
    seen.add(token)
    input = { ...request.input, [page.request]: token }
  }
}

type Details = Pick<CollectedResource, 'detailError' | 'failedDetails'>

async function completed(
  type: ResourceTypeDefinition,
  scope: CollectScope,
  item: Properties,
  request: CallRequest,
  call: Call,
  signal?: AbortSignal,
): Promise<CollectedResource> {
  const details: Details = { detailError: null, failedDetails: [] }
  let complete = item
  // One after the other: a bucket's first detail tells the region in which the others are asked.
  for (const detail of type.details ?? []) {
    if (detail.when?.(complete) === false) continue
    const region = type.region?.(complete) ?? request.region
    try {
      complete = { ...complete, ...(await answerOf(detail, complete, { ...request, region }, call, signal)) }
    } catch (error) {
      signal?.throwIfAborted()
      // Nothing could be signed: that says nothing about this detail.
      if (credentialsUnavailable(error) !== undefined) throw error
      details.failedDetails.push(detail.as ?? '*')
      details.detailError ??= detailErrorOf(detail.operation, error)
    }
  }
  return { ...describe(type, scope, complete), ...details }
}

/** What the detail adds to the item. Null means that AWS says there is none, which a missing property does not. */
async function answerOf(
  detail: DetailDefinition,
  item: Properties,
  request: CallRequest,
  call: Call,
  signal?: AbortSignal,
): Promise<Properties> {
  const { operation, as, pick } = detail
  try {
    const picked: unknown[] = []
    for await (const answer of pages({ ...request, operation, input: detail.input(item) }, detail.page, call, signal))
      picked.push(
        toJson(pick === undefined ? answer : pick.includes('[]') ? valuesAt(answer, pick) : valueAt(answer, pick)),
      )
    const value = picked.length > 1 ? picked.flat() : picked[0]
    return as === undefined ? (value as Properties) : { [as]: value ?? null }
  } catch (error) {
    if (as !== undefined && detail.absent?.includes(codeOf(error))) return { [as]: null }
    throw error
  }
}

/** Identity is read before redaction: an environment's values may name other resources. */
function describe(type: ResourceTypeDefinition, scope: CollectScope, item: Properties) {
  const settled = settle(type, item)
  const region = type.region?.(settled) ?? scope.region
  const place: Place = { partition: scope.partition, accountId: scope.accountId, region }
  const properties = redact(type, settled)
  return { ...identify(type, settled, place), region, properties, hash: hashOf(type, properties) }
}

const codeOf = (error: unknown): string => (error instanceof Error ? error.name : 'Unknown')

const detailErrorOf = (operation: string, error: unknown): DetailError => ({
  operation,
  message: error instanceof Error ? error.message : String(error),
  code: codeOf(error),
  at: new Date().toISOString(),
})

/** Results in the order of the items; the first failure ends it. */
async function mapConcurrently<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results = Array.from<Out>({ length: items.length })
  const queue = items.entries()
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(detailConcurrency, items.length) }, worker))
  return results
}
