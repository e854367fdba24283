import type { Logger } from '../log/log.ts'
import type { Meter } from '../metrics/meter.ts'
import type { Send } from './client-pool.ts'
import { credentialsUnavailable } from './credentials-unavailable.ts'
import { awsFailure } from './failure.ts'

/** The id AWS gave a failed call, which its support asks for; undefined where AWS did not answer. */
export const awsRequestIdOf = (error: unknown): string | undefined => {
  const id = (error as { $metadata?: { requestId?: unknown } } | null)?.$metadata?.requestId
  return typeof id === 'string' ? id : undefined
}

/** Counts each call that was made, and logs each that failed with AWS's own request id. */
export const observeCalls =
  (send: Send, options: { called: Meter['called']; log: Logger }): Send =>
  async (request) => {
    const { client: service, operation, region, connection } = request
    const started = performance.now()
    const called = (outcome: string): void =>
      options.called({ service, outcome, seconds: (performance.now() - started) / 1000 })
    try {
      const output = await send(request)
      called('SUCCEEDED')
      return output
    } catch (error) {
      // Given up by us, or never signed: AWS was not asked.
      if (request.signal?.aborted === true || credentialsUnavailable(error) !== undefined) throw error
      const { status, code } = awsFailure(error, operation)
      called(status)
      const about = { service, operation, region, connection, status, code, awsRequestId: awsRequestIdOf(error) }
      options.log.debug(about, 'AWS call failed')
      throw error
    }
  }
