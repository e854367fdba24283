import { type FakeSession, metadataJson, startWireServer, type WireServer } from './wire-server.ts'

/**
 * The credentials endpoint of an ECS task or of EKS Pod Identity. Set AWS_CONTAINER_CREDENTIALS_FULL_URI to its address,
 * and AWS_CONTAINER_AUTHORIZATION_TOKEN or …_TOKEN_FILE to what it expects.
 */
export const startFakeContainer = (token: string, session: FakeSession): Promise<WireServer> =>
  startWireServer(({ headers }) =>
    headers.authorization === token ? { status: 200, body: metadataJson(session) } : { status: 401, body: '{}' },
  )
