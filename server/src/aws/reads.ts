import { ConstantBackoff, ExponentialBackoff, handleWhen, retry } from 'cockatiel'
import type { Call } from '../discovery/collect.ts'
import type { Broker } from './broker.ts'
import type { Send } from './client-pool.ts'
import { clientsOf, type Connection } from './connection.ts'
import { awsFailure } from './failure.ts'
import type { ReadGates } from './read-gates.ts'

/** What reading cost, for the ledger. */
export interface ReadCount {
  calls: number
  throttles: number
}

const attempts = 4

const patiently = retry(
  handleWhen((error) => awsFailure(error, 'any').retryable),
  { maxAttempts: attempts - 1, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) },
)

const impatiently = retry(
  handleWhen((error) => awsFailure(error, 'any').status === 'THROTTLED'),
  { maxAttempts: 2, backoff: new ConstantBackoff(300) },
)

/**
 * Reads as a connection: each call waits its turn, is retried on throttling and passing faults, and counted. Without
 * credentials a call throws CredentialsUnavailable, which the broker has retried already.
 */
export const readsOf = (options: {
  send: Send
  gates: ReadGates
  broker: Broker
  connection: Connection
  count?: ReadCount
  signal?: AbortSignal
}): Call => {
  const { send, gates, broker, connection, count, signal } = options
  const credentials = broker.lease(connection)
  const clients = clientsOf(connection)
  return (request) => {
    const once = async () => {
      if (count !== undefined) count.calls += 1
      try {
        const call = () => send({ ...request, connection: clients, credentials, signal })
        return await gates.pass({ ...request, connection: connection.id }, call, signal)
      } catch (error) {
        if (count !== undefined && awsFailure(error, 'any').status === 'THROTTLED') count.throttles += 1
        throw error
      }
    }
    return patiently.execute(once, signal)
  }
}

/** For probes: a person waits, so only throttling is tried again. */
export const probesOf = (options: {
  send: Send
  broker: Broker
  connection: Connection
  signal?: AbortSignal
}): Call => {
  const credentials = options.broker.lease(options.connection)
  const connection = clientsOf(options.connection)
  return (request) =>
    impatiently.execute(() => options.send({ ...request, connection, credentials, signal: options.signal }))
}
