import { type FakeSession, startWireServer, type WireAnswer, type WireServer } from './wire-server.ts'

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'
const xml = (status: number, body: string): WireAnswer => ({ status, body, contentType: 'text/xml' })

const refused = xml(
  400,
  `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>No OpenIDConnect provider found</Message></Error></ErrorResponse>`,
)

const assumed = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: FakeSession): WireAnswer =>
  xml(
    200,
    `<AssumeRoleWithWebIdentityResponse xmlns="${namespace}"><AssumeRoleWithWebIdentityResult>
<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${expiration.toISOString()}</Expiration></Credentials>
<AssumedRoleUser><Arn>arn:aws:sts::100000000001:assumed-role/Pod/pod</Arn><AssumedRoleId>AROA:pod</AssumedRoleId></AssumedRoleUser>
</AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
  )

/** STS as a pod with a service account's token (IRSA) asks it, without a signature. Set AWS_ENDPOINT_URL_STS to it. */
export const startFakeWebIdentity = (token: string, session: FakeSession): Promise<WireServer> =>
  startWireServer(({ body }) => {
    const asked = new URLSearchParams(body)
    const right = asked.get('Action') === 'AssumeRoleWithWebIdentity' && asked.get('WebIdentityToken') === token
    return right ? assumed(session) : refused
  })
