/** What a resource filter can name; each becomes `key:value` in the query line and `?key=value` in the address. */
export const queryKeys = ['service', 'type', 'region', 'account', 'state', 'tag'] as const
export type QueryKey = (typeof queryKeys)[number]

/** Values of one key are alternatives (tags: all must match); `text` is a part of name, id or ARN. */
export type QueryFilter = { [Key in QueryKey]?: string[] } & { text?: string }

interface Word {
  text: string
  /** A quoted beginning makes a word plain text, even when it looks like `key:value`. */
  quoted: boolean
}

// A word runs to the next blank outside quotes; inside quotes a backslash keeps the next character as it is.
const wordPattern = /(?:"(?:\\.|[^"\\])*"?|[^\s"])+/g

const unquoted = (raw: string): string =>
  raw.replace(/"((?:\\.|[^"\\])*)"?/g, (_, inner: string) => inner.replace(/\\(.)/g, '$1'))

const wordsOf = (line: string): Word[] =>
  (line.match(wordPattern) ?? []).map((raw) => ({ text: unquoted(raw), quoted: raw.startsWith('"') }))

/** `region:eu-west-1` → its key and value; null for plain text, also for `arn:…`, which has a colon too. */
export const tokenOf = (word: string): { key: QueryKey; value: string } | null => {
  const colon = word.indexOf(':')
  const key = queryKeys.find((candidate) => candidate === word.slice(0, colon).toLowerCase())
  return key === undefined ? null : { key, value: word.slice(colon + 1) }
}

/** Adds one value, once. */
export const withToken = (filter: QueryFilter, key: QueryKey, value: string): QueryFilter => {
  const before = filter[key] ?? []
  return before.includes(value) ? filter : { ...filter, [key]: [...before, value] }
}

export const withoutToken = (filter: QueryFilter, key: QueryKey, value: string): QueryFilter => {
  const { [key]: before = [], ...rest } = filter
  const left = before.filter((other) => other !== value)
  return left.length ? { ...rest, [key]: left } : rest
}

/** The word at the end of a line that is being typed; empty after a blank. */
export const lastWord = (line: string): string => {
  let start = 0
  let isQuoted = false
  for (let index = 0; index < line.length; index++) {
    if (isQuoted && line[index] === '\\') index++
    else if (line[index] === '"') isQuoted = !isQuoted
    else if (!isQuoted && /\s/.test(line[index] ?? '')) start = index + 1
  }
  return line.slice(start)
}

/** Reads a whole line; `key:` without a value yet counts as nothing. */
export const parseQueryLine = (line: string): QueryFilter => {
  const plain: string[] = []
  let filter: QueryFilter = {}
  for (const { text, quoted } of wordsOf(line)) {
    const token = quoted ? null : tokenOf(text)
    if (!token) plain.push(text)
    else if (token.value) filter = withToken(filter, token.key, token.value)
  }
  const text = plain.join(' ').trim()
  return text ? { ...filter, text } : filter
}

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

const formatValue = (value: string): string => (/[\s"\\]/.test(value) ? quote(value) : value)

export const formatToken = (key: QueryKey, value: string): string => `${key}:${formatValue(value)}`

const formatText = (text: string): string =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (/["\\]/.test(word) || tokenOf(word) ? quote(word) : word))
    .join(' ')

/** The tokens of a filter in the order of `queryKeys`. */
export const tokensOf = (filter: QueryFilter): { key: QueryKey; value: string }[] =>
  queryKeys.flatMap((key) => (filter[key] ?? []).map((value) => ({ key, value })))

/** The line that reads back as this filter. */
export const formatQueryLine = (filter: QueryFilter): string =>
  [...tokensOf(filter).map(({ key, value }) => formatToken(key, value)), formatText(filter.text ?? '')]
    .filter(Boolean)
    .join(' ')

export const isEmptyFilter = (filter: QueryFilter): boolean => tokensOf(filter).length === 0 && !filter.text
