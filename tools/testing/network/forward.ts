import { type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'

/** Passes a call on as it is, host name and all: its signature covers them. */
export const forward = (endpoint: string, incoming: IncomingMessage, response: ServerResponse, body?: Buffer): void => {
  const { hostname, port } = new URL(endpoint)
  const { method = 'GET', url: path = '/', rawHeaders: headers } = incoming
  const outgoing = httpRequest({ hostname, port, method, path, headers, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    answer.pipe(response)
  })
  outgoing.on('error', () => response.destroy())
  if (body === undefined) incoming.pipe(outgoing)
  else outgoing.end(body)
}
