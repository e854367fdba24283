/**
 * Shapes of secrets that must not reach a log line, whatever field they hide in. `kept` stays, the rest goes. None looks
 * twice at the same stretch of text: anonymous requests decide what is scanned here, so the work must grow as the text.
 */
const shapes: readonly RegExp[] = [
  /(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  // A 40-character AWS secret access key: mixed case and digits, not a hexadecimal digest. Inside JSON inside a text,
  // the letter before it may belong to an escape.
  /(?<=^|[^A-Za-z0-9/+]|\\[bfnrt]|\\u[0-9a-f]{4})(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/g,
  // STS session tokens, by how they begin.
  /(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+=]{20,}/g,
  /hv[bs]\.[A-Za-z0-9_-]{20,}/g,
  /rt_[A-Za-z0-9_-]{20,}/g,
  /\$argon2[a-z]*\$[^\s"']+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // The password of any address: postgres://user:HERE@host.
  /(?<kept>:\/\/[^:/\s@]*:)[^\s/?#]+(?=@)/g,
  // password=HERE, in connection strings and command lines.
  /(?<kept>(?:password|passwd|secret|secret_?access_?key|session_?token)=)[^\s&"',;]+/gi,
]

const hidden = '[redacted]'

const redactShape = (text: string, shape: RegExp): string =>
  text.replace(shape, (...match) => {
    const groups: unknown = match.at(-1)
    const kept = typeof groups === 'object' && groups !== null && 'kept' in groups ? String(groups.kept) : ''
    return `${kept}${hidden}`
  })

/** Words joined by dots, from where such a chain begins. */
const dotted = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){2,}/g

/** A signed token is three words of a chain, the first of them beginning (`eyJ` is `{"`) somewhere within its word. */
const redactTokens = (chain: string): string => {
  const words = chain.split('.')
  const shown: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const start = word.indexOf('eyJ')
    if (start < 0 || word.length - start < 8 || at + 2 >= words.length) shown.push(word)
    else {
      shown.push(`${word.slice(0, start)}${hidden}`)
      at += 2
    }
  }
  return shown.join('.')
}

/** Replaces everything in a text that looks like a secret. */
export const redactText = (text: string): string =>
  shapes.reduce(redactShape, text.includes('eyJ') ? text.replace(dotted, redactTokens) : text)

/** Room behind the cut in which a secret that begins before it can still be told. */
const margin = 2_048
const wordEnd = /[\s"',;=&]/

/** Cut a little behind `longest`, between two words where there is a gap: half a secret has no shape. */
const cut = (text: string, longest: number): string => {
  if (text.length <= longest + margin) return text
  for (let end = longest + margin; end > longest; end -= 1)
    if (wordEnd.test(text.charAt(end))) return text.slice(0, end)
  return text.slice(0, longest)
}

/** {@link redactText} of at most `longest` characters of a text of any length. */
export const redactExcerpt = (text: string, longest: number): string => redactText(cut(text, longest)).slice(0, longest)

const names = /(?:password|passphrase|secret|secretaccesskey|token|authorization|cookie|privatekey|dek|kek)$/

/** True for a field name whose value is never logged: `newPassword`, `secret_access_key`, `set-cookie`. */
export const isSecretName = (name: string): boolean => names.test(name.replaceAll(/[^A-Za-z]/g, '').toLowerCase())
