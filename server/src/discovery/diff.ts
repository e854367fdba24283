export interface FieldChange {
  path: string
  before?: unknown
  after?: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]))
  if (!isObject(a) || !isObject(b)) return false
  const names = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...names].every((name) => same(a[name], b[name]))
}

/**
 * Field changes from `before` to `after`, both JSON. Objects are walked; a list is one field, because positions in
 * AWS's lists mean nothing. A field on one side only lacks the other side.
 */
export const diff = (before: unknown, after: unknown, path = ''): FieldChange[] => {
  if (same(before, after)) return []
  if (!isObject(before) || !isObject(after)) {
    return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => diff(before[name], after[name], path === '' ? name : `${path}.${name}`))
}
