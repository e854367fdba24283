import { Writable } from 'node:stream'
import { pino, type Logger } from 'pino'
import { isSecretName, redactText } from './redact.ts'

export type { Logger }
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** A failed statement's message ends with its parameters: whatever people sent, and hashes of passwords. */
const withoutParameters = (error: Error, text: string): string =>
  'params' in error ? text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, '') : text

/** An error as a log shows it: its causes, never its request, response or credentials. */
const describeError = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined
  const { name, message, stack } = error
  const code = (error as { code?: unknown }).code
  return {
    name,
    message: withoutParameters(error, message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(stack && depth === 0 ? { stack: withoutParameters(error, stack) } : {}),
    ...(error.cause && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

/** Bytes as JSON writes them: `{"type":"Buffer","data":[…]}` of a Buffer, `{"0":…}` of another typed array. */
const isBytes = (value: object): boolean => {
  const keys = Object.keys(value)
  return (
    ('type' in value && value.type === 'Buffer') ||
    (keys.length > 0 && keys.every((key, index) => key === String(index)))
  )
}

/** Redacted before it is escaped: in `\n` + a key, the letter n would hide where the key begins. */
const redactValue = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  if (isBytes(value)) return '[bytes]'
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [redactText(name), isSecretName(name) ? '[redacted]' : item]),
  )
}

/** What JSON leaves unescaped though a terminal obeys it: C1 controls, line separators, changes of direction. */
const obeyed = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const redactLine = (line: string): string => {
  try {
    return `${JSON.stringify(JSON.parse(line), redactValue).replaceAll(obeyed, escape)}\n`
  } catch {
    return redactText(line)
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
