import { redactExcerpt } from './redact.ts'

/** A failed statement's message ends with its parameters: whatever people sent, and hashes of passwords. */
const withoutParameters = (error: Error, text: string): string =>
  'params' in error ? text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, '') : text

/** An error as a log shows it: its causes, never its request, response or credentials. */
export const describeError = (error: unknown, depth = 0): unknown => {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : undefined
  const { name, message, stack } = error
  const { code, $metadata } = error as { code?: unknown; $metadata?: { requestId?: unknown } }
  return {
    name,
    message: withoutParameters(error, message),
    ...(typeof code === 'string' ? { code } : {}),
    // AWS's support asks for it.
    ...(typeof $metadata?.requestId === 'string' ? { awsRequestId: $metadata.requestId } : {}),
    ...(stack && depth === 0 ? { stack: withoutParameters(error, stack) } : {}),
    ...(error.cause && depth < 4 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

/** Longest account of an error on a terminal, in characters. */
const longest = 8_000

const accountOf = (error: unknown, depth = 0): string[] => {
  if (!(error instanceof Error)) return [typeof error === 'string' ? error : 'It gave no reason.']
  const text = depth === 0 ? (error.stack ?? error.message) : error.message
  const cause = error.cause === undefined || depth >= 4 ? [] : accountOf(error.cause, depth + 1)
  return [withoutParameters(error, text), ...cause]
}

/** An error for a terminal, past the log: its stack and the messages of its causes, without secrets or parameters. */
export const errorText = (error: unknown): string => redactExcerpt(accountOf(error).join('\n'), longest)
