/**
 * The SDK's runtime schemas: every v3 client exports one for each operation and shape (`DescribeVolumes$`).
 * `[9, namespace, name, traits, input, output]` is an operation, `[3, …, memberNames, memberSchemas]` a structure,
 * `[4, …]` a union, `[1, …, element]` a list, `[2, …, key, value]` a map; bare numbers are simple shapes.
 */
export type Sdk = Record<string, unknown>

type NamedSchema = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: unknown[]]

const [listKind, mapKind, structureKind, unionKind, errorKind] = [1, 2, 3, 4, -3]
/** A list or map of simple shapes is written as one number: the simple shape plus these. */
const [listOfSimple, mapOfSimple] = [64, 128]
const payloadTrait = 16
const [stringShape, numberShape, booleanShape] = [0, 1, 2]
const timestampShapes = [4, 5, 6, 7]
/** AWS's shapes contain themselves (a policy's conditions, a pipeline's stages); no path in the catalog is deeper. */
const maxDepth = 10

/** Input and output schema of an operation; undefined where the client has no such operation. */
export function operationOf(sdk: Sdk, operation: string): { input: unknown; output: unknown } | undefined {
  const schema = sdk[`${operation}$`]
  if (!isNamed(schema)) return undefined
  const [, , , , input, output] = schema
  return { input, output }
}

/** Method and path of a REST operation, as its API reference writes them; undefined for other protocols. */
export function httpOf(sdk: Sdk, operation: string): { method: string; path: string } | undefined {
  const schema = sdk[`${operation}$`]
  const traits = isNamed(schema) ? (schema[3] as { http?: [method: string, path: string] } | number) : 0
  if (typeof traits === 'number' || traits.http === undefined) return undefined
  const [method, path] = traits.http
  return { method, path }
}

/** Members of a structure with their schemas; none for anything else. */
export function membersOf(schema: unknown): [name: string, schema: unknown][] {
  const named = resolve(schema)
  if (!isNamed(named) || ![structureKind, unionKind, errorKind].includes(named[0])) return []
  const names = named[4] as string[]
  const schemas = named[5] as unknown[]
  return names.map((name, index) => [name, schemas[index]])
}

/** Schema of a list's elements; undefined for anything else. */
export function elementOf(schema: unknown): unknown {
  const named = resolve(schema)
  return isNamed(named) && named[0] === listKind ? named[4] : undefined
}

/** Whether it is a list, also one of simple shapes. */
export const isList = (schema: unknown): boolean => {
  const named = resolve(schema)
  return typeof named === 'number'
    ? named >= listOfSimple && named < mapOfSimple
    : isNamed(named) && named[0] === listKind
}

/** What a member says about its place on the wire; simple traits are written as one number, a bit each. */
export function traitsOf(member: unknown): { jsonName?: string; xmlName?: string; httpPayload: boolean } {
  const traits: unknown = Array.isArray(member) && !isNamed(member) ? member[1] : undefined
  if (typeof traits === 'number') return { httpPayload: (traits & payloadTrait) !== 0 }
  return { ...(traits as object | undefined), httpPayload: false }
}

export const nameOf = (schema: unknown): string | undefined => {
  const named = resolve(schema)
  return isNamed(named) ? named[2] : undefined
}

export const isTimestamp = (schema: unknown): boolean => timestampShapes.includes(resolve(schema) as number)

export const isString = (schema: unknown): boolean => resolve(schema) === stringShape

/** An answer in which every member of the shape is set: a list holds one element, a map answers any key. */
export function sampleOf(schema: unknown, depth = 0): unknown {
  const named = resolve(schema)
  if (depth > maxDepth) return undefined
  if (typeof named === 'number') return simpleSample(named)
  if (!isNamed(named)) return undefined
  if (named[0] === listKind) return [sampleOf(named[4], depth + 1)]
  if (named[0] === mapKind) return anyKey(sampleOf(named[5], depth + 1))
  return Object.fromEntries(membersOf(named).map(([name, member]) => [name, sampleOf(member, depth + 1)]))
}

function simpleSample(shape: number): unknown {
  if (shape >= mapOfSimple) return anyKey(simpleSample(shape - mapOfSimple))
  if (shape >= listOfSimple) return [simpleSample(shape - listOfSimple)]
  if (timestampShapes.includes(shape)) return '2026-01-02T03:04:05.000Z'
  if (shape === numberShape) return 1
  return shape === booleanShape ? true : 'sample'
}

const anyKey = (value: unknown) =>
  new Proxy({ sample: value }, { get: (_, key) => (typeof key === 'string' ? value : undefined) })

/** Follows lazy references and takes member traits (`[schema, traits]`) and names of simple shapes off. */
function resolve(schema: unknown): unknown {
  if (typeof schema === 'function') return resolve((schema as () => unknown)())
  if (!Array.isArray(schema)) return schema
  if (!isNamed(schema)) return resolve(schema[0])
  return schema[0] === 0 ? resolve(schema[4]) : schema
}

const isNamed = (schema: unknown): schema is NamedSchema => Array.isArray(schema) && typeof schema[1] === 'string'
