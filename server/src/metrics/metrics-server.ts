import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { equalText } from '../equal-text.ts'
import type { Secret } from '../secret.ts'
import type { Metrics } from './metrics.ts'

const bearerOf = (header: string | undefined): string => /^Bearer ([^\s]+)$/.exec(header ?? '')?.[1] ?? ''

/** `GET /metrics` of a process that serves nothing else, for whoever has the token. */
export const serveMetrics = async (options: {
  metrics: Metrics
  host: string
  port: number
  token: Secret
}): Promise<AsyncDisposable & { url: string }> => {
  const { metrics, host, port, token } = options
  const server = createServer({ headersTimeout: 15_000, requestTimeout: 15_000, maxHeaderSize: 8_192 })
  server.on('request', (request, response) => {
    const answer = (status: number, text: string, type = 'text/plain; charset=utf-8'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(text)
    }
    if (request.url !== '/metrics') return answer(404, 'There is only /metrics here.\n')
    if (!equalText(bearerOf(request.headers.authorization), token.reveal()))
      return answer(401, 'Send METRICS_TOKEN as `Authorization: Bearer`.\n')
    metrics.text().then(
      (text) => answer(200, text, metrics.contentType),
      () => answer(500, 'The metrics could not be read.\n'),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
