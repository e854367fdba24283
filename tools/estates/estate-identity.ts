import { hash } from 'node:crypto'
import type { Estate } from './estate.ts'

const userArn = 'arn:aws:iam::999999999999:user/discovery'

/** Who may ask about an estate; it follows from the seed, so that another process knows it too. */
export function estateIdentity({ seed, accounts }: Pick<Estate, 'seed' | 'accounts'>) {
  const made = (what: string) => hash('sha256', `${seed}\n${what}`, 'hex')
  const externalId = (accountId: string) => made(`external id of ${accountId}`).slice(0, 32)
  const roleArn = (accountId: string) => `arn:aws:iam::${accountId}:role/discovery`
  const trustPolicy = (accountId: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: userArn },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': externalId(accountId) } },
      },
    ],
  })
  return {
    externalId,
    roleArn,
    user: {
      arn: userArn,
      accessKeyId: `AKIA${made('key').slice(0, 16).toUpperCase()}`,
      secretAccessKey: made('secret').slice(0, 40),
    },
    roles: accounts.map((accountId) => ({ arn: roleArn(accountId), trustPolicy: trustPolicy(accountId) })),
  }
}
