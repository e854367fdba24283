export interface JsonLine {
  depth: number
  key: string | null
  /** Where the value lies, as JavaScript would write it: `Placement.AvailabilityZone`, `Tags[0].Key`. */
  path: string
  text: string
  kind: 'string' | 'number' | 'literal' | 'bracket'
  comma: boolean
}

const plainKey = /^[A-Za-z_$][\w$]*$/

export const childPath = (parent: string, key: string | number): string => {
  if (typeof key === 'number') return `${parent}[${key}]`
  if (!plainKey.test(key)) return `${parent}[${JSON.stringify(key)}]`
  return parent ? `${parent}.${key}` : key
}

const kindOf = (value: unknown): JsonLine['kind'] =>
  typeof value === 'string' ? 'string' : typeof value === 'number' ? 'number' : 'literal'

interface At {
  depth: number
  key: string | null
  path: string
  comma: boolean
}

const lines = (value: unknown, at: At): JsonLine[] => {
  if (typeof value !== 'object' || value === null)
    return [{ ...at, text: JSON.stringify(value) ?? 'null', kind: kindOf(value) }]
  const isList = Array.isArray(value)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const entries: [string | number, unknown][] = isList
    ? value.map((item, index) => [index, item])
    : Object.entries(value)
  if (entries.length === 0) return [{ ...at, text: open + close, kind: 'bracket' }]
  const inner = entries.flatMap(([key, item], index) =>
    lines(item, {
      depth: at.depth + 1,
      key: isList ? null : String(key),
      path: childPath(at.path, key),
      comma: index < entries.length - 1,
    }),
  )
  return [
    { ...at, comma: false, text: open, kind: 'bracket' },
    ...inner,
    { depth: at.depth, key: null, path: at.path, text: close, kind: 'bracket', comma: at.comma },
  ]
}

/** JSON as lines to show, each with the path of its value. */
export const jsonLines = (value: unknown): JsonLine[] => lines(value, { depth: 0, key: null, path: '', comma: false })
