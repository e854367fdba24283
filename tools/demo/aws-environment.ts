import { join } from 'node:path'

/** Where the SDK's default chain would look; nothing of the developer's own AWS set-up may reach an emulated account. */
const sources = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
]

/** Variables that leave the default chain with this identity alone, or with none. `undefined` means: remove. */
export const awsEnvironment = (
  identity: { accessKeyId: string; secretAccessKey: string } | undefined,
  dataDir: string,
): Record<string, string | undefined> => ({
  ...Object.fromEntries(sources.map((name) => [name, undefined])),
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: join(dataDir, 'no-aws-config'),
  AWS_SHARED_CREDENTIALS_FILE: join(dataDir, 'no-aws-credentials'),
  ...(identity === undefined
    ? {}
    : { AWS_ACCESS_KEY_ID: identity.accessKeyId, AWS_SECRET_ACCESS_KEY: identity.secretAccessKey }),
})

/** Applies such variables to this process. */
export const applyEnvironment = (variables: Record<string, string | undefined>): void => {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
