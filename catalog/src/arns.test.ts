import { describe, expect, test } from 'vitest'
import { arnsOf, functionArnOf, isArn, logGroupArnOf, streamArnOfConsumer } from './arns.ts'

const queue = 'arn:aws:sqs:eu-west-1:111111111111:orders'

describe('an ARN found in a text of the customer’s', () => {
  test('is one of any partition, with or without region and account', () => {
    for (const arn of [
      queue,
      'arn:aws-us-gov:dynamodb:us-gov-west-1:111111111111:table/Orders/stream/2026-11-01T00:00:00.000',
      'arn:aws-cn:s3:::bucket',
      'arn:aws-iso-b:sqs:us-isob-east-1:111111111111:orders.fifo',
      'arn:aws-eusc:sqs:eusc-de-east-1:111111111111:orders',
      'arn:aws:iam::111111111111:role/path/Name+=,.@-_1',
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
      'arn:aws:lambda:eu-west-1:111111111111:function:f:$LATEST',
      'arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/db-AbCdEf',
      `arn:aws:sqs:eu-west-1:111111111111:${'a'.repeat(2_048 - 38)}`,
    ])
      expect(isArn(arn), arn).toBe(true)
  })

  // Broke: an environment variable of 3.5 KB that began `arn:x:sqs:` was kept as the name of a queue, and no index took it.
  test('is nothing that only begins like one', () => {
    for (const other of [
      `arn:x:sqs:${'a:'.repeat(1_700)}`,
      `${queue}${'a'.repeat(3_500)}`,
      `arn:aws:sqs:eu-west-1:111111111111:${'a'.repeat(2_048 - 34)}`,
      `${queue} and more`,
      `${queue}\n`,
      `${queue},"password":"x"`,
      `${queue}?key=x`,
      'arn:aws:sqs:eu-west-1:111111111111:',
      'arn:aws:sqs:eu-west-1:11111111111:orders',
      'arn:aws:sqs:nowhere:111111111111:orders',
      'arn:aws:sqs:eu-west-1',
      'arn:aws::eu-west-1:111111111111:orders',
      'ARN:aws:sqs:eu-west-1:111111111111:orders',
      'arn:aws:sqs:eu-west-1:111111111111:Bestellungen für heute',
      undefined,
      {},
    ])
      expect(isArn(other), JSON.stringify(other)?.slice(0, 80)).toBe(false)
    expect(arnsOf('sqs', [queue, `arn:x:sqs:${'a:'.repeat(1_700)}`, 'arn:aws:sns:eu-west-1:111111111111:t'])).toEqual([
      queue,
    ])
  })
})

const lambda = 'arn:aws:lambda:eu-west-1:111111111111:function:orders'

test.each([
  [lambda, lambda],
  [`${lambda}:live`, lambda],
  [`${lambda}:$LATEST`, lambda],
  [`${lambda}:7`, lambda],
])('the function of %s has one ARN', (arn, own) => {
  expect(functionArnOf(arn)).toBe(own)
})

test('a log group has one ARN, with its streams or without', () => {
  const group = 'arn:aws:logs:eu-west-1:111111111111:log-group:/orders/web'
  expect([group, `${group}:*`].map(logGroupArnOf)).toEqual([group, group])
})

test('a Kinesis stream has one ARN, whoever reads it', () => {
  const stream = 'arn:aws:kinesis:eu-west-1:111111111111:stream/clicks'
  expect([stream, `${stream}/consumer/shop:1762000000`].map(streamArnOfConsumer)).toEqual([stream, stream])
})
