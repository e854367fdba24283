import type { AwsCredentials, CredentialProvider, Send } from './client-pool.ts'

export interface CallerIdentity {
  accountId: string
  arn: string
}

/** Who AWS says these credentials are; the one call that needs no permission. */
export const getCallerIdentity = async (
  send: Send,
  at: { connection: string; credentials: CredentialProvider; region: string },
): Promise<CallerIdentity> => {
  const answer = await send({ ...at, client: 'sts', operation: 'GetCallerIdentity', input: {} })
  return { accountId: String(answer['Account']), arn: String(answer['Arn']) }
}

/**
 * Names the clients that sign with the installation's own identity, by its key: an SDK client keeps what it signs with
 * until that ends, so one that was made before a new sign-in must not serve after it.
 */
export const clientsOfOwn = async (own: CredentialProvider): Promise<string> =>
  `installation|${(await own()).accessKeyId}`

export interface AssumeRoleInput {
  roleArn: string
  externalId: string | undefined
  sessionName: string
  /** STS is called here, in the region of use: a regional endpoint keeps the session valid when others fail. */
  region: string
}

export interface AssumedRole {
  credentials: AwsCredentials & { expiration: Date }
  assumedRoleArn: string
}

/** AssumeRole for an hour as the installation's own identity. @throws the SDK's error */
export const assumeRole = async (send: Send, own: CredentialProvider, input: AssumeRoleInput): Promise<AssumedRole> => {
  const answer = await send({
    connection: await clientsOfOwn(own),
    credentials: own,
    client: 'sts',
    region: input.region,
    operation: 'AssumeRole',
    input: {
      RoleArn: input.roleArn,
      RoleSessionName: input.sessionName,
      DurationSeconds: 3600,
      ...(input.externalId === undefined ? {} : { ExternalId: input.externalId }),
    },
  })
  const keys = answer['Credentials'] as {
    AccessKeyId: string
    SecretAccessKey: string
    SessionToken: string
    Expiration: Date
  }
  const role = answer['AssumedRoleUser'] as { Arn: string }
  return {
    credentials: {
      accessKeyId: keys.AccessKeyId,
      secretAccessKey: keys.SecretAccessKey,
      sessionToken: keys.SessionToken,
      expiration: keys.Expiration,
    },
    assumedRoleArn: role.Arn,
  }
}
