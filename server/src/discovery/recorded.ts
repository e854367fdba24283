import { createHash } from 'node:crypto'
import { replaceAt } from '@dashboard/catalog/path.ts'
import type { Properties, ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'

/** What stands in the place of a value that is not stored. */
export const redacted = '[redacted]'

type Shape = Pick<ResourceTypeDefinition, 'documents' | 'redact' | 'tags' | 'unordered' | 'volatile'>

/**
 * An SDK answer as JSON values: dates as ISO strings, bytes as base64, no `$metadata`, nothing undefined. Text is made
 * storable: PostgreSQL's jsonb takes neither NUL nor lone surrogates.
 */
export function toJson(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\uFFFD').toWellFormed()
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value === 'object' && value !== null) return toJsonObject(value)
  return typeof value === 'function' ? undefined : value
}

export const toJsonObject = (value: object): Properties =>
  Object.fromEntries(
    Object.entries(value)
      .filter(([key, field]) => key !== '$metadata' && field !== undefined)
      .map(([key, field]) => [key, toJson(field)]),
  )

/** JSON text with sorted keys: equal for equal content. */
export function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${stableJson(field)}`)
  return `{${fields.join(',')}}`
}

/** The form in which items are compared: documents parsed, lists without order sorted. */
export function settle(type: Shape, item: Properties): Properties {
  const parsed = (type.documents ?? []).reduce((settled, path) => replaceAt(settled, path, parseDocument), item)
  const unordered = [...(type.unordered ?? []), ...(type.tags ? [type.tags] : [])]
  return unordered.reduce(
    (settled, path) => replaceAt(settled, path, (list) => sortList(list, volatileWithin(type, path))),
    parsed,
  )
}

/** Paths of the volatile fields of a list's elements: a field that moves must not move its element. */
const volatileWithin = ({ volatile = [] }: Shape, list: string): string[] =>
  volatile.filter((path) => path.startsWith(`${list}[].`)).map((path) => path.slice(list.length + 3))

/** What may be stored: under each path of `redact` the keys stay and the values go. */
export const redact = (type: Shape, item: Properties): Properties =>
  (type.redact ?? []).reduce((rest, path) => replaceAt(rest, path, redactLeaves), item)

/** What counts as content: everything but the fields that move by themselves. Versions compare this. */
export const withoutVolatile = (type: Shape, item: Properties): Properties =>
  (type.volatile ?? []).reduce((stable, path) => replaceAt(stable, path, () => undefined), item)

/** SHA-256 of the stored content, independent of key order. */
export const hashOf = (type: Shape, stored: Properties): Buffer =>
  createHash('sha256')
    .update(stableJson(withoutVolatile(type, stored)))
    .digest()

/** IAM answers its documents URL-encoded; text that is no JSON stays text. */
function parseDocument(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value.startsWith('%') ? decodeURIComponent(value) : value)
  } catch {
    return value
  }
}

function sortList(value: unknown, moving: readonly string[]): unknown {
  if (!Array.isArray(value)) return value
  const keyOf = (element: unknown) =>
    stableJson(moving.reduce((rest, path) => replaceAt(rest, path, () => undefined), element))
  return value
    .map((element) => ({ element, key: keyOf(element) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ element }) => element)
}

function redactLeaves(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactLeaves)
  if (typeof value !== 'object' || value === null) return redacted
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, redactLeaves(field)]))
}
