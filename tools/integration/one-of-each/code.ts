import { CreateEventSourceMappingCommand, CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { type Clients, type ExpectedResource, into, made, out, ownTags, type Place } from './created.ts'
import type { Data } from './data.ts'
import type { Identity } from './identity.ts'
import type { Network } from './network.ts'

export type Code = Awaited<ReturnType<typeof createCode>>

/** Value of an environment variable that nothing may store, log or answer. */
export const environmentCanary = 'canary-5f2d8c1e9a7b4036'

/** The smallest ZIP file: an end-of-archive record and nothing before it. */
const emptyZip = Buffer.from('504b0506000000000000000000000000000000000000', 'hex')

export async function createCode(clients: Clients, network: Network, identity: Identity, data: Data) {
  const lambda = clients(LambdaClient)
  const answer = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'orders-import',
      Description: 'Imports orders',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: identity.roleArn,
      Code: { ZipFile: emptyZip },
      Timeout: 45,
      MemorySize: 512,
      VpcConfig: { SubnetIds: [network.subnetId], SecurityGroupIds: [network.webGroupId] },
      Environment: { Variables: { DATABASE_PASSWORD: environmentCanary, ORDERS_TABLE: data.tableArn } },
      Tags: ownTags('orders-import'),
    }),
  )
  const mapping = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: 'orders-import', EventSourceArn: data.queueArn }),
  )
  return { functionArn: made(answer.FunctionArn, 'function'), mappingId: made(mapping.UUID, 'event source mapping') }
}

export function expectedCode(
  code: Code,
  network: Network,
  identity: Identity,
  data: Data,
  place: Place,
): ExpectedResource[] {
  return [
    {
      resourceType: 'AWS::Lambda::Function',
      resourceId: 'orders-import',
      arn: code.functionArn,
      name: 'orders-import',
      state: 'Active',
      region: place.region,
      tags: ownTags('orders-import'),
      properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Timeout: 45,
        MemorySize: 512,
        'Environment.Variables': { DATABASE_PASSWORD: '[redacted]', ORDERS_TABLE: '[redacted]' },
        'EventSourceMappings[].EventSourceArn': data.queueArn,
      },
      relationships: [
        out('assumes', 'AWS::IAM::Role', identity.roleArn),
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId),
        into('invokes', 'AWS::SQS::Queue', data.queueArn),
        out('uses', 'AWS::DynamoDB::Table', data.tableArn),
      ],
    },
    {
      resourceType: 'AWS::Lambda::EventSourceMapping',
      resourceId: code.mappingId,
      arn: `arn:${place.partition}:lambda:${place.region}:${place.accountId}:event-source-mapping:${code.mappingId}`,
      name: code.mappingId,
      state: 'Enabled',
      region: place.region,
      tags: {},
      properties: { BatchSize: 10, EventSourceArn: data.queueArn },
      relationships: [
        into('sends-to', 'AWS::SQS::Queue', data.queueArn),
        out('invokes', 'AWS::Lambda::Function', code.functionArn),
      ],
    },
  ]
}
