import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FakeSession, startWireServer, type WireServer } from './wire-server.ts'

const startUrl = 'https://company.awsapps.example/start'
const accessToken = 'access-token-of-the-fake-portal'

const config = (accountId: string): string => `[profile company]
sso_start_url = ${startUrl}
sso_region = eu-west-1
sso_account_id = ${accountId}
sso_role_name = Operator
region = eu-west-1
`

/** What `aws sso login` leaves behind in a home directory, and the profile that uses it. */
export const signInToSso = async (home: string, accountId: string, expiresAt: Date): Promise<void> => {
  const cache = join(home, '.aws', 'sso', 'cache')
  await mkdir(cache, { recursive: true })
  await writeFile(join(home, '.aws', 'config'), config(accountId))
  const file = join(cache, `${createHash('sha1').update(startUrl).digest('hex')}.json`)
  await writeFile(
    file,
    JSON.stringify({ startUrl, region: 'eu-west-1', accessToken, expiresAt: expiresAt.toISOString() }),
  )
}

/** The portal of IAM Identity Center. Set AWS_ENDPOINT_URL_SSO to its endpoint. */
export const startFakeSso = (session: FakeSession): Promise<WireServer> =>
  startWireServer(({ headers }) => {
    if (headers['x-amz-sso_bearer_token'] !== accessToken) return { status: 401, body: '{}' }
    const { expiration, ...keys } = session
    return { status: 200, body: JSON.stringify({ roleCredentials: { ...keys, expiration: expiration.getTime() } }) }
  })
