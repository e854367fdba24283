import { createServer, type AddressInfo } from 'node:net'

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo
      server.close(() => resolve(bound))
    })
  })

/** The remembered port if nobody else has taken it, else any free one of 127.0.0.1. */
export const freePort = async (remembered: number | undefined): Promise<number> => {
  const port = (remembered && (await tryPort(remembered))) || (await tryPort(0))
  if (!port) throw new Error('No port of 127.0.0.1 can be opened')
  return port
}
