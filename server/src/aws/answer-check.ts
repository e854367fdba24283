import { ForeignAnswerError } from './foreign-answer.ts'

interface HttpAnswer {
  statusCode: number
  headers: Record<string, string>
  body: unknown
}

type Handler = (args: never) => Promise<{ response: HttpAnswer; output: unknown }>
type Middleware = (next: Handler, context: { commandName?: string }) => Handler

/** What of an SDK client is needed here. */
export interface CheckedClient {
  config: {
    protocol?: { getShapeId(): string }
    streamCollector(body: unknown): Promise<Uint8Array>
  }
  middlewareStack: {
    add(middleware: Middleware, options: { step: 'deserialize'; priority: 'high' | 'low'; name: string }): void
  }
}

/** Enough for the name of the first element, behind any prologue. */
const lookAt = 2_048
const prologue = /^(?:\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>]*>)*/i

/** Name of the element an XML text begins with. */
const rootOf = (text: string): string | undefined => /^<([A-Za-z_][\w.:-]*)[\s/>]/.exec(text.replace(prologue, ''))?.[1]

const isJsonObject = (text: string): boolean => /^\s*\{/.test(text)
const isHtml = (root: string | undefined): boolean => root?.toLowerCase() === 'html'

/** AWS gives each answer an id: this of the JSON protocols and of most others, that of S3. */
const hasRequestId = ({ headers }: HttpAnswer): boolean =>
  Object.keys(headers).some((name) => /^x-amzn?-request-?id$/i.test(name))

/** Whether a good answer is one of the protocol's. `start` is the beginning of its body. */
const isGood = (protocol: string, operation: string, answer: HttpAnswer, start: string): boolean => {
  switch (protocol) {
    case 'aws.protocols#ec2Query':
    case 'aws.protocols#awsQuery':
      return rootOf(start) === `${operation}Response`
    case 'aws.protocols#restXml':
      return hasRequestId(answer) && (start === '' || (rootOf(start) !== undefined && !isHtml(rootOf(start))))
    case 'aws.protocols#awsJson1_0':
    case 'aws.protocols#awsJson1_1':
    case 'aws.protocols#restJson1':
      return hasRequestId(answer) && (start === '' || isJsonObject(start))
    default:
      return hasRequestId(answer)
  }
}

const errorRoots = new Set(['Response', 'ErrorResponse', 'Error'])

/** Whether a refusal is AWS's own. Its load balancers answer faults (5xx) without any form, so those are not asked. */
const isRefusal = (answer: HttpAnswer, start: string): boolean =>
  answer.statusCode >= 500 || hasRequestId(answer) || errorRoots.has(rootOf(start) ?? '') || isJsonObject(start)

const judge = (protocol: string, operation: string, answer: HttpAnswer, bytes: Uint8Array): void => {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, lookAt)).toString('utf8')
  const good = answer.statusCode < 300
  if (good ? isGood(protocol, operation, answer, start) : isRefusal(answer, start)) return
  throw new ForeignAnswerError(`${operation} was answered ${answer.statusCode} by something that is not AWS.`)
}

/** The SDK's own errors carry a `$fault`, the network's a `code`; what is left of a good answer is that it is not one. */
const isUnreadable = (error: unknown): boolean => {
  const { $response, $fault, code } = error as { $response?: HttpAnswer; $fault?: unknown; code?: unknown }
  return $fault === undefined && code === undefined && $response !== undefined && $response.statusCode < 300
}

/** Makes a client refuse answers that are not AWS's. @throws ForeignAnswerError from every call */
export const checkAnswers = ({ config, middlewareStack }: CheckedClient): void => {
  const protocol = config.protocol?.getShapeId() ?? ''
  const operationOf = (context: { commandName?: string }): string => context.commandName?.replace(/Command$/, '') ?? ''
  middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args)
      const { response } = result
      const bytes = response.body instanceof Uint8Array ? response.body : await config.streamCollector(response.body)
      response.body = bytes
      judge(protocol, operationOf(context), response, bytes)
      return result
    },
    // Nearer to the wire than the SDK's own reading.
    { step: 'deserialize', priority: 'low', name: 'refuseForeignAnswers' },
  )
  middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args)
      } catch (error) {
        if (error instanceof ForeignAnswerError || !isUnreadable(error)) throw error
        throw new ForeignAnswerError(`The answer to ${operationOf(context)} cannot be read.`, { cause: error })
      }
    },
    { step: 'deserialize', priority: 'high', name: 'refuseUnreadableAnswers' },
  )
}
