import { Writable } from 'node:stream'
import { pino, type Logger } from 'pino'
import { describeError } from './describe-error.ts'
import { isSecretName, redactExcerpt } from './redact.ts'

export type { Logger }
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** Bytes as JSON writes them: `{"type":"Buffer","data":[…]}` of a Buffer, `{"0":…}` of another typed array. */
const isBytes = (value: object): boolean => {
  const keys = Object.keys(value)
  return (
    ('type' in value && value.type === 'Buffer') ||
    (keys.length > 0 && keys.every((key, index) => key === String(index)))
  )
}

/** Longest text of a line, in characters: whoever sends a longer one must not decide how long we read it. */
const longest = 16_384

const excerpt = (text: string): string => {
  const shown = redactExcerpt(text, longest)
  return text.length <= longest ? shown : `${shown}… [${text.length} characters]`
}

/** Redacted before it is escaped: in `\n` + a key, the letter n would hide where the key begins. */
const redactValue = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string') return excerpt(value)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  if (isBytes(value)) return '[bytes]'
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [excerpt(name), isSecretName(name) ? '[redacted]' : item]),
  )
}

/** What JSON leaves unescaped though a terminal obeys it: C1 controls, line separators, changes of direction. */
const obeyed = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const redactLine = (line: string): string => {
  try {
    return `${JSON.stringify(JSON.parse(line), redactValue).replaceAll(obeyed, escape)}\n`
  } catch {
    return excerpt(line)
  }
}

/** One JSON line an event: a fixed message, variables beside it. Every line passes the secret scanner last. */
export const createLog = (options: { level: LogLevel; process: string; output?: NodeJS.WritableStream }): Logger => {
  const output = options.output ?? process.stdout
  const scanned = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      output.write(redactLine(String(chunk)))
      done()
    },
  })
  return pino(
    {
      level: options.level,
      base: { process: options.process, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    scanned,
  )
}
