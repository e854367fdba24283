import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import type { FaultsInput } from '../aws-gateway/faults.ts'
import { type Gateway, startGateway } from '../aws-gateway/gateway.ts'
import { required } from '../aws-gateway/required.ts'
import { createEstate, type Estate, type EstateShape } from './estate.ts'
import { estateIdentity } from './estate-identity.ts'

interface Keys {
  accessKeyId: string
  secretAccessKey: string
}

export interface EstateGateway {
  estate: Estate
  gateway: Gateway
  endpoint: string
  /** A user of an account outside the estate whom the roles trust: the product's own identity. */
  user: Keys
  /** What the role of an account asks for. */
  externalId(accountId: string): string
  /** The role to be assumed in an account. */
  roleArn(accountId: string): string
  /** Keys of a session of that role. */
  session(accountId: string): Promise<Keys & { sessionToken: string }>
  close(): Promise<void>
}

interface Options extends EstateShape {
  seed: string
  faults?: FaultsInput
  port?: number
}

/** An estate behind the gateway in this process, with a role in each account that the user may assume. */
export async function startEstateGateway({ faults = {}, port = 0, ...shape }: Options): Promise<EstateGateway> {
  const estate = createEstate(shape)
  const identity = estateIdentity(estate)
  const gateway = await startGateway({
    port,
    faults,
    backend: { kind: 'recording', source: { estate }, roles: identity.roles, users: [identity.user] },
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (variables, message) => console.error(message, variables),
    },
  })
  const { endpoint } = gateway
  const { user, externalId, roleArn } = identity
  return {
    estate,
    gateway,
    endpoint,
    user,
    externalId,
    roleArn,
    session: async (accountId) => {
      const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: user })
      const input = { RoleArn: roleArn(accountId), RoleSessionName: 'estate', ExternalId: externalId(accountId) }
      const { Credentials } = await sts.send(new AssumeRoleCommand(input))
      sts.destroy()
      return {
        accessKeyId: required(Credentials?.AccessKeyId, 'AccessKeyId'),
        secretAccessKey: required(Credentials?.SecretAccessKey, 'SecretAccessKey'),
        sessionToken: required(Credentials?.SessionToken, 'SessionToken'),
      }
    },
    close: gateway.close,
  }
}
