import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { InstallationIdentity } from '@dashboard/contract/accounts.ts'
import type { AwsCredentials, ChainClientConfig } from './client-pool.ts'

export type OwnSource = NonNullable<InstallationIdentity['source']>

export interface OwnCredentials {
  /** From the SDK's default chain; asked anew shortly before they end. @throws the chain's error */
  (): Promise<AwsCredentials>
  /** AWS refused what was handed out: the next call asks the chain again. */
  forget(): void
}

const renewBefore = 5 * 60 * 1000
/** Credentials without an end are given one, and looked for again after this: a file may have changed. */
const keepFor = 60 * 1000

/** Which link answered, by the marks the SDK leaves on credentials for its user agent. The first that matches counts. */
const marks: readonly [RegExp, OwnSource][] = [
  [/SSO/, 'sso'],
  [/WEB_ID/, 'web-identity'],
  [/PROFILE|PROCESS/, 'profile'],
  [/HTTP/, 'container'],
  [/ENV_VARS/, 'environment'],
  [/IMDS/, 'instance-metadata'],
]

/** Which link of the default chain gave these credentials. The instance's metadata leave no mark there. */
export const sourceOf = (credentials: AwsCredentials): OwnSource => {
  const left = Object.keys((credentials as { $source?: Record<string, string> }).$source ?? {})
  const found = marks.find(([pattern]) => left.some((mark) => pattern.test(mark)))
  if (found !== undefined) return found[1]
  if (left.length > 0) return 'unknown'
  const { env } = process
  const inContainer = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] ?? env['AWS_CONTAINER_CREDENTIALS_FULL_URI']
  return inContainer === undefined ? 'instance-metadata' : 'container'
}

/**
 * The identity of this installation: environment, SSO or shared profile, web identity (IRSA), container (ECS, EKS Pod
 * Identity), instance. Version 1 of the instance's metadata is never asked: whoever can make a process send a plain GET
 * could read credentials there. `clientConfig` is for the chain's own calls to STS and SSO; metadata is asked directly.
 */
export const createOwnCredentials = (clientConfig?: ChainClientConfig): OwnCredentials => {
  const chain = () =>
    fromNodeProviderChain({
      ec2MetadataV1Disabled: true,
      // A profile that somebody has renewed is read again.
      ignoreCache: true,
      ...(clientConfig === undefined ? {} : { clientConfig }),
    })
  let provider = chain()
  let current: { until: number; credentials: AwsCredentials } | undefined
  const read = async (): Promise<AwsCredentials> => {
    if (current !== undefined && current.until > Date.now()) return current.credentials
    const given = await provider()
    const expiration = given.expiration ?? new Date(Date.now() + keepFor + renewBefore)
    const credentials = { ...given, expiration }
    current = { until: expiration.getTime() - renewBefore, credentials }
    return credentials
  }
  return Object.assign(read, {
    forget: () => {
      current = undefined
      provider = chain()
    },
  })
}
