import { changedOf, formatChanged, type ChangedKey } from './query/changed.ts'

/** What a resource filter can name; each becomes `key:value` in the query line and `?key=value` in the address. */
export const queryKeys = ['service', 'type', 'region', 'account', 'environment', 'state', 'tag', 'change'] as const
export type QueryKey = (typeof queryKeys)[number]
export const changedKeys = ['changedSince', 'changedUntil'] as const satisfies ChangedKey[]
export type TokenKey = QueryKey | ChangedKey

export interface Token {
  key: TokenKey
  value: string
}

/**
 * Values of one key are alternatives (tags: all must match); `text` is a part of name, id or ARN. `changedSince` and
 * `changedUntil` are an instant, or a duration back from now.
 */
export type QueryFilter = { [Key in QueryKey]?: string[] } & { [Key in ChangedKey]?: string } & { text?: string }

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

const isChangedKey = (key: TokenKey): key is ChangedKey => changedKeys.some((other) => other === key)

/** `region:eu-west-1` or `tag.env=prod` → its key and value; null for plain text, also for `arn:…`, which has a colon too. */
export const tokenOf = (word: string): Token | null => {
  const changed = changedOf(word)
  if (changed) return changed
  if (/^tag\../i.test(word)) return { key: 'tag', value: word.slice(4) }
  const colon = word.indexOf(':')
  const key = queryKeys.find((candidate) => candidate === word.slice(0, colon).toLowerCase())
  if (key === undefined) return null
  const value = word.slice(colon + 1)
  return { key, value: key === 'change' ? value.toUpperCase() : value }
}

/** Adds one value, once; of the times there is one each. */
export const withToken = (filter: QueryFilter, key: TokenKey, value: string): QueryFilter => {
  if (isChangedKey(key)) return { ...filter, [key]: value }
  const before = filter[key] ?? []
  return before.includes(value) ? filter : { ...filter, [key]: [...before, value] }
}

export const withoutToken = (filter: QueryFilter, key: TokenKey, value: string): QueryFilter => {
  if (isChangedKey(key)) {
    const { [key]: _, ...rest } = filter
    return rest
  }
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

export const formatToken = (key: TokenKey, value: string): string => {
  if (isChangedKey(key)) return formatChanged(key, value)
  if (key === 'change') return `change:${formatValue(value.toLowerCase())}`
  // `tag:` stands for a whole word: a key with a blank, or one that only has to be there.
  return key === 'tag' && /^[^\s"\\=]+=/.test(value) ? `tag.${formatTagged(value)}` : `${key}:${formatValue(value)}`
}

const formatTagged = (tag: string): string => {
  const cut = tag.indexOf('=') + 1
  return tag.slice(0, cut) + formatValue(tag.slice(cut))
}

/** How a token reads on its own: what stands before the value, and the value. */
export const tokenParts = (key: TokenKey, value: string): [string, string] => {
  if (isChangedKey(key)) {
    const text = formatChanged(key, value)
    return [text.slice(0, 8), text.slice(8)]
  }
  if (key === 'change') return ['change:', value.toLowerCase()]
  const cut = key === 'tag' ? value.indexOf('=') + 1 : 0
  return cut > 1 ? [`tag.${value.slice(0, cut)}`, value.slice(cut)] : [`${key}:`, value]
}

const formatText = (text: string): string =>
  text
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (/["\\]/.test(word) || tokenOf(word) ? quote(word) : word))
    .join(' ')

/** The tokens of a filter in the order of `queryKeys`, times last. */
export const tokensOf = (filter: QueryFilter): Token[] => [
  ...queryKeys.flatMap((key) => (filter[key] ?? []).map((value) => ({ key, value }))),
  ...changedKeys.flatMap((key) => (filter[key] === undefined ? [] : [{ key, value: filter[key] }])),
]

/** The line that reads back as this filter. */
export const formatQueryLine = (filter: QueryFilter): string =>
  [...tokensOf(filter).map(({ key, value }) => formatToken(key, value)), formatText(filter.text ?? '')]
    .filter(Boolean)
    .join(' ')

export const isEmptyFilter = (filter: QueryFilter): boolean => tokensOf(filter).length === 0 && !filter.text
