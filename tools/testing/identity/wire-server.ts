import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

export interface WireAnswer {
  status: number
  body?: string
  contentType?: string
}

export interface WireServer {
  /** `http://127.0.0.1:<port>` */
  endpoint: string
  /** Everything it was asked, in order. */
  asked: Asked[]
  close(): Promise<void>
}

const read = async (request: IncomingMessage): Promise<Asked> => ({
  method: request.method ?? '',
  path: request.url ?? '',
  headers: request.headers,
  body: Buffer.concat(await request.toArray()).toString(),
})

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A server on 127.0.0.1 that remembers what it was asked. */
export const startWireServer = async (answer: (asked: Asked) => WireAnswer): Promise<WireServer> => {
  const asked: Asked[] = []
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const question = await read(request)
    asked.push(question)
    const { status, body = '', contentType = 'application/json' } = answer(question)
    response.writeHead(status, { 'content-type': contentType, 'x-amzn-requestid': 'fake' }).end(body)
  }
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => close(server),
  }
}

/** A session as these endpoints hand it out. */
export interface FakeSession {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: Date
}

/** How instances and containers spell it. */
export const metadataJson = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: FakeSession): string =>
  JSON.stringify({
    Code: 'Success',
    Type: 'AWS-HMAC',
    LastUpdated: new Date().toISOString(),
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiration.toISOString(),
  })
