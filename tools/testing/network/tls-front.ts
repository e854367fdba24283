import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TestCertificates } from './certificates.ts'
import { forward } from './forward.ts'

export interface TlsFront {
  port: number
  close(): Promise<void>
}

/** TLS in front of the gateway, as AWS speaks it. */
export const startTlsFront = async (
  endpoint: string,
  { key, certificate }: Pick<TestCertificates, 'key' | 'certificate'>,
): Promise<TlsFront> => {
  const server = createServer({ key, cert: certificate }, (incoming, response) => forward(endpoint, incoming, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
