import { Writable } from 'node:stream'
import { pino, type Logger } from 'pino'
import { isSecretName, redactText } from './redact.ts'

export type { Logger }
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** An error as a log shows it: its causes, never its request, response or credentials. */
const describeError = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined
  const { name, message, stack } = error
  const code = (error as { code?: unknown }).code
  return {
    name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    ...(stack && depth === 0 ? { stack } : {}),
    ...(error.cause && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

const withoutSecretNames = (_key: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, isSecretName(name) ? '[redacted]' : item]))
}

const redactLine = (line: string): string => {
  try {
    return `${redactText(JSON.stringify(JSON.parse(line), withoutSecretNames))}\n`
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
