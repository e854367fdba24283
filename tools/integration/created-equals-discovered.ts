import { isDeepStrictEqual } from 'node:util'
import { valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import { createApis, expectedApis } from './one-of-each/apis.ts'
import { createCode, expectedCode } from './one-of-each/code.ts'
import { createCompute, expectedCompute } from './one-of-each/compute.ts'
import { createContainers, expectedContainers } from './one-of-each/containers.ts'
import type { Clients, ExpectedRelationship, ExpectedResource, Place } from './one-of-each/created.ts'
import { createData, expectedData } from './one-of-each/data.ts'
import { createDelivery, expectedDelivery } from './one-of-each/delivery.ts'
import { createIdentity, expectedIdentity } from './one-of-each/identity.ts'
import { createKeys, expectedKeys } from './one-of-each/keys.ts'
import { createMessaging, expectedMessaging } from './one-of-each/messaging.ts'
import { createNetwork, expectedNetwork } from './one-of-each/network.ts'
import { createOperations, expectedOperations } from './one-of-each/operations.ts'
import { createScaling, expectedScaling } from './one-of-each/scaling.ts'
import { createStores, expectedStores } from './one-of-each/stores.ts'

export type Created = Awaited<ReturnType<typeof createOneOfEach>>

/** A discovered resource, as the API or the engine gives it; more fields than these are welcome. */
export type Discovered = Omit<ExpectedResource, 'properties' | 'relationships'> & {
  properties: Record<string, unknown>
  relationships: readonly ExpectedRelationship[]
}

/** Makes one resource of each type in an empty account, wired to each other as an order service would be. */
export async function createOneOfEach(clients: Clients, place: Place) {
  const network = await createNetwork(clients, place)
  const identity = await createIdentity(clients)
  const compute = await createCompute(clients, place, network, identity.instanceProfileArn)
  const data = await createData(clients, place, network)
  const code = await createCode(clients, network, identity, data)
  const keys = await createKeys(clients, place)
  const messaging = await createMessaging(clients, place, identity, data, code)
  const apis = await createApis(clients, place, code)
  const stores = await createStores(clients, place, network)
  const operations = await createOperations(clients, place, data, messaging)
  const scaling = await createScaling(clients, network, compute)
  const containers = await createContainers(clients, place, network, identity, compute)
  const delivery = await createDelivery(clients, place, network, compute, data)
  const services = { keys, messaging, apis, stores, operations, scaling, containers, delivery }
  return { place, network, identity, compute, data, code, ...services }
}

/** What discovery must say of each, from what was asked for at creation. */
export function expectedFields(created: Created): ExpectedResource[] {
  const { place, network, identity, compute, data, code, keys, messaging, apis, stores, operations } = created
  const { scaling, containers, delivery } = created
  return [
    ...expectedNetwork(network, place),
    ...expectedCompute(compute, network, place),
    ...expectedIdentity(identity, place),
    ...expectedData(data, network, place),
    ...expectedCode(code, network, identity, data, place),
    ...expectedKeys(keys, place),
    ...expectedMessaging(messaging, identity, data, code, place),
    ...expectedApis(apis, code, place),
    ...expectedStores(stores, network, place),
    ...expectedOperations(operations, data, messaging, place),
    ...expectedScaling(scaling, network, compute, place),
    ...expectedContainers(containers, network, identity, compute, place),
    ...expectedDelivery(delivery, network, compute, data, place),
  ]
}

/**
 * Every field in which the discovered resource is not the created one, in words; empty when they are equal.
 * Incoming relationships that other resources declare are not held against it.
 */
export function differences(expected: ExpectedResource, discovered: Discovered | undefined): string[] {
  const label = `${expected.resourceType} ${expected.resourceId}`
  if (discovered === undefined) return [`${label} was not discovered`]
  const fields = (['resourceId', 'arn', 'name', 'state', 'region', 'tags'] as const).map((field) =>
    difference(`${label} ${field}`, expected[field], discovered[field]),
  )
  const properties = Object.entries(expected.properties).map(([path, value]) =>
    difference(`${label} ${path}`, value, propertyAt(discovered.properties, path, value)),
  )
  return [...fields, ...properties, ...relationshipDifferences(label, expected, discovered)].filter(
    (line) => line !== undefined,
  )
}

/**
 * Every field of AWS's own answer (`awsAnswer`) that the discovered resource shows otherwise. The order of lists does not
 * count: AWS gives none.
 */
export function answerDifferences(one: ExpectedResource, answer: object, discovered: Discovered | undefined): string[] {
  const recorded = toJson(answer) as Record<string, unknown>
  return Object.entries(recorded)
    .filter(([field]) => field !== '$metadata')
    .map(([field, value]) =>
      difference(`${one.resourceType} ${field}`, inOrder(value), inOrder(discovered?.properties[field])),
    )
    .filter((line) => line !== undefined)
}

/** Dates become text and what is undefined goes, as in the API's answers. */
const toJson = (value: object): unknown => JSON.parse(JSON.stringify(value))

function inOrder(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(inOrder).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(fields.map(([key, field]) => [key, inOrder(field)]))
}

const difference = (label: string, expected: unknown, discovered: unknown): string | undefined =>
  isDeepStrictEqual(expected, discovered)
    ? undefined
    : `${label}: created ${JSON.stringify(expected)}, discovered ${JSON.stringify(discovered)}`

/** A path through lists gives its one value, or all of them sorted as the expectation's are. */
function propertyAt(properties: Record<string, unknown>, path: string, expected: unknown): unknown {
  if (!path.includes('[]')) return valueAt(properties, path)
  const values = valuesAt(properties, path)
  if (!Array.isArray(expected)) return values.length === 1 ? values[0] : values
  return expected.length === values.length && expected.every((value) => values.includes(value)) ? expected : values
}

function relationshipDifferences(label: string, expected: ExpectedResource, discovered: Discovered): string[] {
  const text = (one: ExpectedRelationship) => `${one.direction} ${one.kind} ${one.targetType} ${one.target}`
  const wanted = new Set(expected.relationships.map(text))
  const found = new Set(discovered.relationships.map(text))
  const missing = [...wanted].filter((one) => !found.has(one)).map((one) => `${label}: no relationship ${one}`)
  const extra = [...found].filter((one) => one.startsWith('out ') && !wanted.has(one))
  return [...missing, ...extra.map((one) => `${label}: relationship nobody created: ${one}`)]
}
