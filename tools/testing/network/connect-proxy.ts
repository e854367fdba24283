import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

export interface ConnectProxy {
  url: string
  /** `host:port` of every tunnel it was asked for. */
  asked: string[]
  /** From now on it answers so to every tunnel; 200 opens it. */
  answerWith(status: 200 | 403 | 502): void
  close(): Promise<void>
}

/** An HTTP proxy whose tunnels all end at one port of this machine, whatever host they were asked for. */
export const startConnectProxy = async (port: number): Promise<ConnectProxy> => {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let status = 200
  const server = createServer((_request, response) => response.writeHead(405).end())
  server.on('connect', (request, client: Socket, head: Buffer) => {
    asked.push(request.url ?? '')
    sockets.add(client)
    client.on('error', () => client.destroy())
    if (status !== 200) return client.end(`HTTP/1.1 ${status} Refused\r\n\r\n`)
    const tunnel = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(client).pipe(tunnel)
    })
    sockets.add(tunnel)
    tunnel.on('error', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answerWith: (next) => {
      status = next
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}
