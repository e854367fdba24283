type Leaf = string | number | boolean | bigint | Date | Uint8Array | ((...input: never[]) => unknown)
type Depth = [never, 0, 1, 2, 3, 4, 5]

/**
 * Dotted path to a field, as `State.Name`. `[]` walks through a list: `Volumes[].Attachments[].InstanceId`.
 * Five levels deep, which bounds the recursion of AWS's self-containing shapes.
 */
export type Path<T, Levels extends number = 5> = [Levels] extends [never]
  ? never
  : T extends Leaf
    ? never
    : { [K in keyof T & string]: K | Below<K, NonNullable<T[K]>, Levels> }[keyof T & string]

type Below<Key extends string, Value, Levels extends number> = Value extends readonly (infer Element)[]
  ? `${Key}[]` | `${Key}[].${Path<NonNullable<Element>, Depth[Levels]>}`
  : `${Key}.${Path<Value, Depth[Levels]>}`

/** A {@link Path} that ends at one value: it walks through no list. */
export type FieldPath<T> = Exclude<Path<T, 4>, `${string}[]${string}`>

/** Paths in an answer that lead to a list of (parts of) `Item`, also to a list within a list: `Reservations[].Instances`. */
export type ItemsPath<Answer, Item> = {
  [K in keyof Answer & string]: NonNullable<Answer[K]> extends readonly (infer Element extends object)[]
    ? Item extends Element
      ? K
      : `${K}[].${DirectItemsPath<Element, Item>}`
    : never
}[keyof Answer & string]

type DirectItemsPath<Container, Item> = {
  [K in keyof Container & string]: NonNullable<Container[K]> extends readonly (infer Element extends object)[]
    ? Item extends Element
      ? K
      : never
    : never
}[keyof Container & string]

/** Everything the path leads to; lists on the way, and a list at the end, are flattened. Missing fields give nothing. */
export function valuesAt(root: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((values, segment) => values.flatMap((value) => step(value, segment)), [root])
}

function step(value: unknown, segment: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const key = segment.endsWith('[]') ? segment.slice(0, -2) : segment
  const next = (value as Record<string, unknown>)[key]
  if (next === undefined || next === null) return []
  return Array.isArray(next) ? next : [next]
}

/** The one value the path leads to; undefined where a field on the way is missing. */
export function valueAt(root: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      root,
    )
}

/** {@link valueAt} where it is a string. */
export function stringAt(root: unknown, path: string): string | undefined {
  const value = valueAt(root, path)
  return typeof value === 'string' ? value : undefined
}

/**
 * A copy in which the value at the end of every path is replaced; `undefined` removes the field. Fields that are not
 * there stay away.
 */
export function replaceAt<T>(root: T, path: string, replace: (value: unknown) => unknown): T {
  return replaceSegments(root, path.split('.'), replace) as T
}

function replaceSegments(value: unknown, segments: string[], replace: (value: unknown) => unknown): unknown {
  const [segment, ...rest] = segments
  if (segment === undefined) return replace(value)
  if (typeof value !== 'object' || value === null) return value
  const each = segment.endsWith('[]')
  const key = each ? segment.slice(0, -2) : segment
  const { [key]: current, ...others } = value as Record<string, unknown>
  if (current === undefined || current === null) return value
  const next =
    each && Array.isArray(current)
      ? current.map((element) => replaceSegments(element, rest, replace))
      : replaceSegments(current, rest, replace)
  return next === undefined ? others : { ...others, [key]: next }
}
