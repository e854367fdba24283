/** Shapes of secrets that must not reach a log line, whatever field they hide in. */
const shapes: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  // A 40-character AWS secret access key: mixed case and digits, not a hexadecimal digest.
  /(?<![A-Za-z0-9/+=])(?=[A-Za-z0-9/+]*[A-Z])(?=[A-Za-z0-9/+]*[a-z])(?=[A-Za-z0-9/+]*\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g,
  /\bhvs\.[A-Za-z0-9_-]{20,}/g,
  /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g,
  /\brt_[A-Za-z0-9_-]{20,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /(postgres(?:ql)?:\/\/[^:/\s]+:)[^@\s]+(?=@)/g,
]

const names =
  /^(?:password|currentPassword|newPassword|secret|secretAccessKey|sessionToken|accessToken|refreshToken|authorization|cookie|set-cookie|dek|kek)$/i

/** Replaces everything in a finished log line that looks like a secret. */
export const redactText = (text: string): string =>
  shapes.reduce((line, shape) => line.replace(shape, (_match, kept?: string) => `${typeof kept === 'string' ? kept : ''}[redacted]`), text)

/** True for a field name whose value is never logged. */
export const isSecretName = (name: string): boolean => names.test(name)
