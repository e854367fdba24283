import {
  type Asked,
  type FakeSession,
  metadataJson,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from './wire-server.ts'

const token = 'token-of-the-fake-instance'
const credentialsPath = '/latest/meta-data/iam/security-credentials/'

/**
 * The metadata service of an instance. `v2` asks for its token, as an instance launched with `HttpTokens=required`;
 * `v1-only` gives none and answers plain reads; `no-put` refuses the token's PUT (a hop limit, a firewall) with 403.
 */
export type ImdsKind = 'v2' | 'v1-only' | 'no-put'

const answerRead = ({ path }: Asked, session: FakeSession): WireAnswer => {
  if (path === credentialsPath) return { status: 200, body: 'InstanceRole', contentType: 'text/plain' }
  if (path === `${credentialsPath}InstanceRole`) return { status: 200, body: metadataJson(session) }
  return { status: 404 }
}

/** Set AWS_EC2_METADATA_SERVICE_ENDPOINT to its endpoint. */
export const startFakeImds = (kind: ImdsKind, session: FakeSession): Promise<WireServer> =>
  startWireServer((asked) => {
    if (asked.method === 'PUT') {
      if (kind === 'v2') return { status: 200, body: token, contentType: 'text/plain' }
      return { status: kind === 'v1-only' ? 404 : 403 }
    }
    if (kind === 'v2' && asked.headers['x-aws-ec2-metadata-token'] !== token) return { status: 401 }
    return answerRead(asked, session)
  })
