const nul = '\u0000'

/** Half of a surrogate pair has no UTF-8, and PostgreSQL keeps no NUL: neither as text nor inside jsonb. */
const isStorableText = (text: string): boolean => text.isWellFormed() && !text.includes(nul)

/** Whether every string and key of parsed JSON can be stored. The caller bounds the depth. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorableText(value)
  if (value === null || typeof value !== 'object') return true
  return Object.entries(value).every(([key, item]) => isStorableText(key) && isStorable(item))
}
