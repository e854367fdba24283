import { AwsError } from '../aws-error.ts'
import type { Call } from '../call.ts'
import type { Paging } from './list-operations.ts'
import type { Parameters } from './parameters.ts'

export interface Page<Item> {
  items: readonly Item[]
  /** Undefined on the last page. */
  next: string | undefined
}

interface Keyed {
  key: string
}

/**
 * The page a call asks for, of items in the order of their keys. A token says after which key to go on, so what comes and
 * goes between two pages moves nothing else. @throws AwsError for a size or a token that AWS refuses
 */
export function pageOf<Item extends Keyed>(
  call: Call,
  paging: Paging | undefined,
  parameters: Parameters,
  all: readonly Item[],
): Page<Item> {
  if (paging === undefined) return { items: all, next: undefined }
  const size = sizeOf(call, paging, parameters)
  const token = parameters.text(paging.token)
  const after = token === undefined || token === '' ? undefined : openToken(call, token)
  const rest = after === undefined ? all : all.slice(firstAfter(all, after))
  const items = rest.slice(0, size)
  const last = items.at(-1)
  // SQS hands out tokens to those only who asked for pages.
  const paged = call.service !== 'sqs' || parameters.text(paging.size) !== undefined
  return { items, next: paged && last !== undefined && rest.length > size ? sealToken(call, last.key) : undefined }
}

function sizeOf(call: Call, { size, least, most, usual, above }: Paging, parameters: Parameters): number {
  const asked = parameters.text(size)
  if (asked === undefined) return usual
  const number = Number(asked)
  if (!Number.isInteger(number) || number < least || (number > most && above === 'refused'))
    throw invalid(call, `Value ( ${asked} ) for parameter ${size} is invalid: it must be between ${least} and ${most}.`)
  return Math.min(number, most)
}

function firstAfter(all: readonly Keyed[], key: string): number {
  const index = all.findIndex((item) => item.key > key)
  return index < 0 ? all.length : index
}

/** DynamoDB's token is the last name itself; the others say nothing to a reader. */
export const sealToken = ({ service, operation }: Call, key: string): string =>
  service === 'dynamodb' ? key : Buffer.from(JSON.stringify([operation, key])).toString('base64url')

function openToken(call: Call, token: string): string {
  if (call.service === 'dynamodb') return token
  try {
    const [operation, key] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[]
    if (operation === call.operation && typeof key === 'string') return key
  } catch {
    // Said below.
  }
  throw invalid(call, 'The token is not valid.')
}

/** What the services call a parameter they do not like. */
const codes: Record<string, string> = {
  dynamodb: 'ValidationException',
  elasticloadbalancing: 'ValidationError',
  iam: 'ValidationError',
  lambda: 'InvalidParameterValueException',
  logs: 'InvalidParameterException',
  s3: 'InvalidArgument',
}

export const invalid = ({ service }: Call, message: string): AwsError =>
  new AwsError(codes[service] ?? 'InvalidParameterValue', 400, message)
