import { AwsError, awsError } from './aws-error.ts'
import type { Call } from './call.ts'

/**
 * The words in which a service asks to slow down. Only Lambda says for how long. Sources: each service's list of errors;
 * SQS's own code is `RequestThrottled`.
 */
export function throttled({ service, protocol }: Call, retryAfterSeconds = 1): AwsError {
  if (service === 'sqs') return new AwsError('RequestThrottled', 400, 'Rate exceeded')
  const { code, status, message } = awsError('throttled', protocol)
  const headers: [string, string][] = service === 'lambda' ? [['retry-after', String(retryAfterSeconds)]] : []
  return new AwsError(code, status, message, headers)
}
