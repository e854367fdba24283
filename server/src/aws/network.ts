import { Agent } from 'node:https'
import { getCACertificates } from 'node:tls'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Secret } from '../secret.ts'

/** The way to AWS, where it is not the plain one. */
export interface AwsNetwork {
  useFipsEndpoint: boolean
  useDualstackEndpoint: boolean
  /** Its URL may hold a password. `except` is a list as NO_PROXY has it. */
  proxy: { url: Secret; except: string | undefined } | undefined
  /** Certificates (PEM) that are trusted beside Node's own and those of NODE_EXTRA_CA_CERTS. */
  ca: string | undefined
}

const sockets = { maxSockets: 64, keepAlive: true } as const

const httpsOptions = ({ proxy, ca }: AwsNetwork) => ({
  ...sockets,
  ...(ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] }),
  // Node's own client: it tunnels with CONNECT, and leaves out what `NO_PROXY` names.
  ...(proxy === undefined
    ? {}
    : {
        proxyEnv: {
          HTTPS_PROXY: proxy.url.reveal(),
          ...(proxy.except === undefined ? {} : { NO_PROXY: proxy.except }),
        },
      }),
})

/** Connections to AWS, shared by all clients of a pool. Plain HTTP, which only emulators speak, passes no proxy. */
export const createRequestHandler = (network: AwsNetwork | undefined): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: 5_000,
    requestTimeout: 60_000,
    httpsAgent: network === undefined ? sockets : new Agent(httpsOptions(network)),
    httpAgent: sockets,
  })

/** What each client is told of it. Left out where nothing is asked for: then the SDK's own sources decide. */
export const endpointOptionsOf = (network: AwsNetwork | undefined) => ({
  ...(network?.useFipsEndpoint ? { useFipsEndpoint: true } : {}),
  ...(network?.useDualstackEndpoint ? { useDualstackEndpoint: true } : {}),
})
