import { describe, expect, test } from 'vitest'
import { arnsOf, tableArnOfStream } from './arns.ts'
import { trustedPrincipals } from './trust-policy.ts'

const trustPolicy = {
  Statement: [
    { Principal: { Service: 'ec2.amazonaws.com' } },
    { Principal: { AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::111111111111:role/deploy', '222222222222'] } },
    { Principal: { AWS: 'arn:aws:iam::111111111111:user/ada' } },
    { Principal: { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' } },
    { Principal: '*' },
  ],
}

describe('A trust policy names', () => {
  test.each([
    ['role', ['arn:aws:iam::111111111111:role/deploy']],
    ['user', ['arn:aws:iam::111111111111:user/ada']],
    ['oidc-provider', ['arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com']],
    ['saml-provider', []],
  ] as const)('%s', (principal, arns) => {
    expect(trustedPrincipals(trustPolicy, principal)).toEqual(arns)
  })

  test('nobody, where it is no policy', () => {
    expect(trustedPrincipals('not JSON', 'role')).toEqual([])
    expect(trustedPrincipals(undefined, 'role')).toEqual([])
  })
})

describe('ARNs of a service', () => {
  test('are told from other values', () => {
    const queue = 'arn:aws:sqs:eu-west-1:111111111111:orders'
    expect(arnsOf('sqs', [queue, 'arn:aws:sns:eu-west-1:111111111111:t', 'sqs', 'arn:aws:sqs', undefined])).toEqual([
      queue,
    ])
  })

  test('a stream belongs to its table', () => {
    const table = 'arn:aws:dynamodb:eu-west-1:111111111111:table/orders'
    expect(tableArnOfStream(`${table}/stream/2026-11-25T00:00:00.000`)).toBe(table)
  })
})
