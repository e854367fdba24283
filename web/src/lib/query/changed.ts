/** When something changed, as a filter: `24h` back from now, or an instant. */
export type ChangedKey = 'changedSince' | 'changedUntil'

const duration = /^[1-9]\d{0,4}[mhd]$/i
const date = /^\d{4}-\d{2}-\d{2}$/
const word = /^changed(<|>)=?(.+)$/i

const instantOf = (text: string): string | null => {
  const time = Date.parse(date.test(text) ? `${text}T00:00:00Z` : text)
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(time) ? new Date(time).toISOString() : null
}

/** A duration or an instant as the API reads it; null for anything else. */
export const whenOf = (text: string): string | null => (duration.test(text) ? text.toLowerCase() : instantOf(text))

/**
 * `changed<24h` is an age, less than 24 hours: since then. `changed>2026-11-01` is a time, after that day began: since
 * then too. The other way round it is until then.
 */
export const changedOf = (text: string): { key: ChangedKey; value: string } | null => {
  const [, sign, rest = ''] = word.exec(text) ?? []
  const value = whenOf(rest)
  if (sign === undefined || value === null) return null
  const isSince = duration.test(value) === (sign === '<')
  return { key: isSince ? 'changedSince' : 'changedUntil', value }
}

/** The reverse. */
export const formatChanged = (key: ChangedKey, value: string): string => {
  const isYounger = (key === 'changedSince') === duration.test(value)
  return `changed${isYounger ? '<' : '>'}${value}`
}
