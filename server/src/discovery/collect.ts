import { valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import {
  clientOf,
  type DetailDefinition,
  type PageDefinition,
  type ParentDefinition,
  type Properties,
  type ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
import { ForeignAnswerError } from '../aws/foreign-answer.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { awsErrorCode } from '../aws/failure.ts'
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
  const request = { client: clientOf(type), region, operation: type.list.operation, input: {} }
  for await (const listed of type.parent === undefined
    ? listedItems(type, request, undefined, call, signal)
    : itemsOfParents(type, type.parent, request, call, signal)) {
    const items = listed.map((item) => toJsonObject(item))
    yield await mapConcurrently(items, (item) => completed(type, scope, item, request, call, signal))
  }
}

/** What the cheapest form of a list call asks for, to learn whether it is allowed. */
export const probeOf = (asked: Pick<ParentDefinition, 'input' | 'page'>): Properties => inputOf(asked, 'min')

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

/** What is asked for the first page, with pages as large or as small as AWS gives them. */
const inputOf = ({ input, page }: Pick<ParentDefinition, 'input' | 'page'>, size: 'min' | 'max'): Properties => ({
  ...input,
  ...(page?.size && { [page.size.name]: page.size[size] }),
})

async function* listedItems(
  type: ResourceTypeDefinition,
  request: CallRequest,
  parent: string | undefined,
  call: Call,
  signal?: AbortSignal,
): AsyncGenerator<readonly Properties[]> {
  const { list } = type
  const input = { ...inputOf(list, 'max'), ...(parent !== undefined && list.of?.(parent)) }
  for await (const answer of pages({ ...request, input }, list.page, call, signal)) yield itemsOf(type, answer, parent)
}

/** The items of each parent, a few parents at a time. Whatever fails ends it, so that no parent looks empty. */
async function* itemsOfParents(
  type: ResourceTypeDefinition,
  parent: ParentDefinition,
  request: CallRequest,
  call: Call,
  signal?: AbortSignal,
): AsyncGenerator<readonly Properties[]> {
  const asked = { ...request, operation: parent.operation, input: inputOf(parent, 'max') }
  for await (const answer of pages(asked, parent.page, call, signal))
    yield* await mapConcurrently(namesOf(parent, answer), async (name) => {
      const items: Properties[] = []
      try {
        for await (const listed of listedItems(type, request, name, call, signal)) items.push(...listed)
      } catch (error) {
        if (!isGone(parent, error)) throw error
      }
      return items
    })
}

/** AWS's older services have two names for an error: the code on the wire, and the SDK's. */
const isGone = ({ gone }: ParentDefinition, error: unknown): boolean =>
  gone.includes(codeOf(error)) || gone.includes(awsErrorCode(error))

function namesOf({ names, operation }: ParentDefinition, answer: Properties): string[] {
  const found = names(answer)
  if (found === undefined) throw new ForeignAnswerError(`${operation} was answered without its list.`)
  return found.map((name) => {
    if (name) return name
    throw new ForeignAnswerError(`${operation} answered one without a name.`)
  })
}

/**
 * The items of an answer. AWS sends the list also when nothing is in it, unless the entry says otherwise: an answer
 * without it is not a list of nothing, and everything known would count as gone.
 */
function itemsOf({ list }: ResourceTypeDefinition, answer: Properties, parent = ''): readonly Properties[] {
  const { items, operation, absentWhenEmpty = false } = list
  const isThere = typeof items === 'function' || Array.isArray(answer[listMemberOf(items)])
  const found = typeof items === 'function' ? items(answer, parent) : (valuesAt(answer, items) as Properties[])
  if (isThere && found !== undefined) return found
  if (absentWhenEmpty) return []
  throw new ForeignAnswerError(`${operation} was answered without its list.`)
}

/** `Reservations` of `Reservations[].Instances`. */
const listMemberOf = (items: string): string => /^[^.[]+/.exec(items)?.[0] ?? items

const failedOperations = new WeakMap<object, string>()

/** The operation whose failure ended a listing: of a list by parents there are two. */
export const failedOperation = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? failedOperations.get(error) : undefined

/** Follows the tokens. A token that comes twice would go on for ever, so it is an error. */
async function* pages(request: CallRequest, page: PageDefinition | undefined, call: Call, signal?: AbortSignal) {
  const seen = new Set<string>()
  let input = request.input
  while (true) {
    signal?.throwIfAborted()
    const answer = await call({ ...request, input }).catch((error: unknown) => {
      if (typeof error === 'object' && error !== null) failedOperations.set(error, request.operation)
      throw error
    })
    yield answer
    const tokens = page && tokensOf(page, answer)
    if (tokens === undefined) return
    const token = JSON.stringify(tokens)
    if (seen.has(token)) throw new Error(`${request.operation} gave the same page token twice`)
    seen.add(token)
    input = { ...request.input, ...tokens }
  }
}

/** What the next page is asked with; undefined on the last one. */
function tokensOf({ request, response, also = {} }: PageDefinition, answer: Properties): Properties | undefined {
  const token = valueAt(answer, response)
  if (token === undefined || token === null || token === '') return undefined
  const others = Object.entries(also).map(([name, path]) => [name, valueAt(answer, path)])
  return { [request]: token, ...Object.fromEntries(others.filter(([, value]) => value !== undefined)) }
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
      picked.push(toJson(pickedOf(pick, answer)))
    const value = picked.length > 1 ? picked.flat() : picked[0]
    if (as !== undefined) return { [as]: value ?? null }
    if (value !== undefined && value !== null) return value as Properties
    throw new ForeignAnswerError(`${operation} answered nothing about what it was asked.`)
  } catch (error) {
    if (as !== undefined && detail.absent?.includes(codeOf(error))) return { [as]: null }
    throw error
  }
}

function pickedOf(pick: DetailDefinition['pick'], answer: Properties): unknown {
  if (typeof pick === 'function') return pick(answer)
  if (pick === undefined) return answer
  return pick.includes('[]') ? valuesAt(answer, pick) : valueAt(answer, pick)
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
  let failed = false
  const worker = async () => {
    try {
      for (const [index, item] of queue) {
        if (failed) return
        results[index] = await work(item)
      }
    } catch (error) {
      failed = true
      throw error
    }
  }
  await Promise.all(Array.from({ length: Math.min(detailConcurrency, items.length) }, worker))
  return results
}
