import { createServer, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clientOf } from '@dashboard/catalog/resource-type.ts'
import { collect, probeOf } from '../discovery/collect.ts'
import { type ClientPool, createClientPool } from './client-pool.ts'
import { awsFailure } from './failure.ts'

/** What the server at the endpoint answers to everything. */
interface Answer {
  status?: number
  headers?: Record<string, string>
  body: string
}

let server: Server
let pool: ClientPool
let answer: Answer

beforeAll(async () => {
  server = createServer((_request, response: ServerResponse) => {
    response.writeHead(answer.status ?? 200, answer.headers).end(answer.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  pool = createClientPool({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})

afterAll(() => {
  pool.close()
  server.close()
})

const credentials = () => Promise.resolve({ accessKeyId: 'AKIAANSWERANSWERANSW', secretAccessKey: 'secret' })
const scope = { partition: 'aws', accountId: '111111111111', homeRegion: 'us-east-1' }

const send = (client: string, operation: string, input: Record<string, unknown> = {}) =>
  pool.send({ connection: 'test', credentials, region: 'eu-west-1', client, operation, input })

const errorOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work
    return undefined
  } catch (error) {
    return error
  }
}

/** How a scan of each type ends, as the ledger tells it. */
const outcomes = async (): Promise<Record<string, string>> => {
  const seen: Record<string, string> = {}
  for (const type of resourceTypes) {
    const region = type.scope === 'global' ? 'global' : 'eu-west-1'
    const pages = collect(type, { ...scope, region }, (request) =>
      pool.send({ ...request, connection: 'test', credentials }),
    )
    const error = await errorOf(pages.next())
    const failure = error === undefined ? undefined : awsFailure(error, 'any:Action')
    seen[type.resourceType] =
      failure === undefined ? 'SUCCEEDED' : `${failure.status} ${failure.code}${failure.retryable ? ' retryable' : ''}`
  }
  return seen
}

const all = (outcome: string): Record<string, string> =>
  Object.fromEntries(resourceTypes.map((type) => [type.resourceType, outcome]))

const page = '<!DOCTYPE html>\n<html><head><title>Sign in to this network</title></head><body/></html>'
const id = { 'x-amzn-requestid': '0f206065-e84e-42be-a354-13988f7b92dd' }

describe('an answer that is not AWS’s', () => {
  // Broke: sixteen of the twenty types counted it as a complete list of nothing, and the next scan deleted what was known.
  test.each<[string, Answer]>([
    ['the page of a network to sign in to', { headers: { 'content-type': 'text/html' }, body: page }],
    ['such a page that calls itself AWS’s', { headers: { 'content-type': 'text/xml', ...id }, body: page }],
    ['nothing at all', { body: '' }],
    ['a word', { headers: { 'content-type': 'text/plain' }, body: 'blocked' }],
    ['an object of somebody else’s', { headers: { 'content-type': 'application/json' }, body: '{"status":"blocked"}' }],
    ['an empty object', { headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['a list', { headers: { 'content-type': 'application/json' }, body: '[]' }],
    ['other XML', { headers: { 'content-type': 'text/xml' }, body: '<?xml version="1.0"?><answer/>' }],
    ['a redirection', { status: 302, headers: { location: 'https://portal.example/' }, body: '' }],
    ['a refusal by a proxy', { status: 403, headers: { 'content-type': 'text/html' }, body: page }],
    ['a refusal without a form', { status: 407, body: 'who are you' }],
  ])('is never a list of nothing nor a denial: %s', async (_name, given) => {
    answer = given
    expect(await outcomes()).toEqual(all('FAILED NotAwsAnswer retryable'))
  })

  test('broken off in the middle is a failure too', async () => {
    answer = { headers: { 'content-type': 'application/x-amz-json-1.0', ...id }, body: '{"TableNames":["a"' }
    expect(awsFailure(await errorOf(send('dynamodb', 'ListTables')), 'x:Y')).toMatchObject({
      code: 'NotAwsAnswer',
      retryable: true,
    })
    answer = { headers: { 'content-type': 'text/xml', ...id }, body: '<DescribeVolumesResponse><volumeSet><item>' }
    expect(awsFailure(await errorOf(send('ec2', 'DescribeVolumes')), 'x:Y').status).toBe('FAILED')
  })
})

describe('an answer of AWS’s', () => {
  test('of another operation is not taken for this one’s', async () => {
    answer = { headers: id, body: '<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>' }
    expect(awsFailure(await errorOf(send('ec2', 'DescribeVolumes')), 'x:Y').code).toBe('NotAwsAnswer')
  })

  test('is read whatever stands before its first element', async () => {
    for (const before of ['', '<?xml version="1.0" encoding="UTF-8"?>\n', '<!-- x -->\n  ']) {
      answer = {
        headers: id,
        body: `${before}<DescribeVolumesResponse xmlns="http://x"><volumeSet/></DescribeVolumesResponse>`,
      }
      expect(await send('ec2', 'DescribeVolumes'), before).toEqual({ Volumes: [] })
    }
  })

  test('with nothing to say is accepted where the protocol has it so', async () => {
    answer = { headers: { 'x-amz-request-id': 'x' }, body: '' }
    expect(await send('s3', 'HeadBucket', { Bucket: 'b' })).toEqual({})
    answer = { headers: { 'content-type': 'application/x-amz-json-1.0', ...id }, body: '{}' }
    expect(await send('sqs', 'ListQueues')).toEqual({})
  })

  test('that refuses stays what AWS calls it, and a fault stays a fault', async () => {
    answer = {
      status: 403,
      body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>',
    }
    expect(awsFailure(await errorOf(send('ec2', 'DescribeVolumes')), 'ec2:DescribeVolumes').status).toBe(
      'ACCESS_DENIED',
    )
    answer = { status: 400, headers: id, body: '{"__type":"AccessDeniedException","message":"no"}' }
    expect(awsFailure(await errorOf(send('dynamodb', 'ListTables')), 'x:Y').status).toBe('ACCESS_DENIED')
    answer = { status: 503, headers: { 'content-type': 'text/html' }, body: page }
    for (const type of resourceTypes) {
      const asked = type.parent ?? type.list
      const answered = await errorOf(send(clientOf(type), asked.operation, probeOf(asked)))
      expect(awsFailure(answered, 'x:Y'), type.resourceType).toMatchObject({
        status: 'FAILED',
        retryable: true,
      })
    }
  })
})
