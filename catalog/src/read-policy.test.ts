import { PolicyDocument } from '@dashboard/contract/vocabulary.ts'
import { describe, expect, test } from 'vitest'
import { restApi } from './apigateway/rest-api.ts'
import { resourceTypes } from './catalog.ts'
import { volume } from './ec2/volume.ts'
import { logGroup } from './logs/log-group.ts'
import { readPolicy } from './read-policy.ts'
import { iamActionOf, iamActionsOf } from './resource-type.ts'
import { bucket } from './s3/bucket.ts'

const actionsOf = (policy: PolicyDocument) => policy.Statement.flatMap((statement) => statement.Action)

describe('The read policy', () => {
  test('of two types grants their lists, their details and the regions, and nothing more', () => {
    expect(readPolicy([volume, logGroup])).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Sid: 'ReadAccount', Effect: 'Allow', Action: ['account:ListRegions'], Resource: '*' },
        { Sid: 'ReadEc2', Effect: 'Allow', Action: ['ec2:DescribeRegions', 'ec2:DescribeVolumes'], Resource: '*' },
        {
          Sid: 'ReadLogs',
          Effect: 'Allow',
          Action: ['logs:DescribeLogGroups', 'logs:ListTagsForResource'],
          Resource: '*',
        },
      ],
    })
  })

  test('of the whole catalog is a policy that grants every action once', () => {
    const policy = readPolicy(resourceTypes)
    expect(PolicyDocument.safeParse(policy).success).toBe(true)
    const actions = actionsOf(policy)
    expect(new Set(actions).size).toBe(actions.length)
    expect(actions).toEqual(expect.arrayContaining(resourceTypes.flatMap(iamActionsOf)))
    for (const { Sid } of policy.Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/)
  })

  test('only reads', () => {
    for (const action of actionsOf(readPolicy(resourceTypes)))
      expect(action).toMatch(/:(GET$|(Describe|Get|List)[A-Z])/)
  })

  test('reads no value of a secret, a parameter, an object or a message', () => {
    const values =
      /:(GetSecretValue|GetParameter|GetObject|GetItem|GetRecords|GetMetricData|ReceiveMessage|GetCredential)/
    for (const action of actionsOf(readPolicy(resourceTypes))) expect(action).not.toMatch(values)
  })

  test('leaves the API keys of API Gateway out', () => {
    const [statement] = readPolicy([restApi]).Statement.filter(({ Sid }) => Sid === 'ReadApigateway')
    expect(statement?.Action).toEqual(['apigateway:GET'])
    expect(statement?.Resource).toContain('arn:*:apigateway:*::/restapis/*')
    expect(statement?.Resource).not.toContain('*')
    expect(JSON.stringify(statement?.Resource)).not.toContain('apikeys')
  })

  test('fits into one managed policy', () => {
    // IAM counts characters without white space; 6144 is its limit for a managed policy.
    expect(JSON.stringify(readPolicy(resourceTypes)).length).toBeLessThan(6144)
  })
})

test('A call is named by the action that grants it', () => {
  expect(iamActionOf(bucket, 'ListBuckets')).toBe('s3:ListAllMyBuckets')
  expect(iamActionOf(bucket, 'GetBucketEncryption')).toBe('s3:GetEncryptionConfiguration')
  expect(iamActionOf(bucket, 'DeleteBucket')).toBeUndefined()
})
