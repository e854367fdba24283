/** Shapes of secrets that must not reach a log line, whatever field they hide in. `kept` stays, the rest goes. */
const shapes: readonly RegExp[] = [
  /(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  // A 40-character AWS secret access key: mixed case and digits, not a hexadecimal digest. Inside JSON inside a text,
  // the letter before it may belong to an escape.
  /(?<=^|[^A-Za-z0-9/+]|\\[bfnrt]|\\u[0-9a-f]{4})(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/g,
  // STS session tokens, by how they begin.
  /(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+=]{20,}/g,
  /hv[bs]\.[A-Za-z0-9_-]{20,}/g,
  /eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
  /rt_[A-Za-z0-9_-]{20,}/g,
  /\$argon2[a-z]*\$[^\s"']+/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // The password of any address: postgres://user:HERE@host.
  /(?<kept>\b[a-z][a-z0-9+.-]*:\/\/[^:/\s@]*:)[^\s/?#]+(?=@)/gi,
  // password=HERE, in connection strings and command lines.
  /(?<kept>\b[a-z_]*(?:password|passwd|secret|secret_?access_?key|session_?token)=)[^\s&"',;]+/gi,
]

const names = /(?:password|passphrase|secret|secretaccesskey|token|authorization|cookie|privatekey|dek|kek)$/

/** Replaces everything in a text that looks like a secret. */
export const redactText = (text: string): string =>
  shapes.reduce(
    (line, shape) =>
      line.replace(shape, (...match) => {
        const groups: unknown = match.at(-1)
        const kept = typeof groups === 'object' && groups !== null && 'kept' in groups ? String(groups.kept) : ''
        return `${kept}[redacted]`
      }),
    text,
  )

/** True for a field name whose value is never logged: `newPassword`, `secret_access_key`, `set-cookie`. */
export const isSecretName = (name: string): boolean => names.test(name.replaceAll(/[^A-Za-z]/g, '').toLowerCase())
