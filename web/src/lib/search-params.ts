export type SearchParams = Record<string, string | string[] | undefined>

/** `?region=a&region=b&text=x` → `{ region: ['a', 'b'], text: 'x' }`. */
export const parseSearch = (query: string): SearchParams => {
  const result: SearchParams = {}
  for (const [key, value] of new URLSearchParams(query)) {
    const before = result[key]
    result[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return result
}

// These are allowed in a query, and escaped they make an address hard to read.
const readable: Record<string, string> = { '%3A': ':', '%2F': '/', '%2C': ',', '%40': '@' }

/** The reverse; what is undefined, empty or an empty list is left out. */
export const stringifySearch = (search: Record<string, unknown>): string => {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null && item !== '') params.append(key, String(item))
    }
  }
  const query = params.toString().replace(/%3A|%2F|%2C|%40/g, (escaped) => readable[escaped] ?? escaped)
  return query ? `?${query}` : ''
}

/** One value of a parameter; of a repeated one, the first. */
export const one = (value: unknown): string | undefined => {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' || typeof first === 'number' ? String(first) : undefined
}

/** All values of a parameter, or undefined when there is none. */
export const many = (value: unknown): string[] | undefined => {
  if (value === undefined) return undefined
  const all = (Array.isArray(value) ? value : [value]).map(String).filter((item) => item !== '')
  return all.length ? all : undefined
}

/** The value when it is one of `allowed`; anything else counts as absent. */
export const oneOf = <T extends string>(allowed: readonly T[], value: unknown): T | undefined =>
  allowed.find((item) => item === one(value))
