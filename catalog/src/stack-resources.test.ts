import { expect, test } from 'vitest'
import { stackResources } from './stack-resources.ts'

const stack = {
  Resources: [
    { ResourceType: 'AWS::IAM::Role', PhysicalResourceId: 'orders-runtime', ResourceStatus: 'CREATE_COMPLETE' },
    { ResourceType: 'AWS::IAM::Role', PhysicalResourceId: 'orders-old', ResourceStatus: 'DELETE_COMPLETE' },
    { ResourceType: 'AWS::IAM::Role', ResourceStatus: 'CREATE_FAILED' },
    {
      ResourceType: 'AWS::SQS::Queue',
      PhysicalResourceId: 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders',
      ResourceStatus: 'UPDATE_COMPLETE',
    },
    {
      ResourceType: 'AWS::SNS::Topic',
      PhysicalResourceId: 'arn:aws:sns:eu-west-1:111111111111:orders',
      ResourceStatus: 'CREATE_COMPLETE',
    },
    { ResourceType: 'AWS::Events::Rule', PhysicalResourceId: 'audit|orders', ResourceStatus: 'CREATE_COMPLETE' },
    { ResourceType: 'Custom::Thing', PhysicalResourceId: 'thing', ResourceStatus: 'CREATE_COMPLETE' },
  ],
}

const named = (of: typeof stack | { Resources: null }) =>
  stackResources.flatMap(({ to, at, by = 'id' }) => at(of).map((target) => `${to} ${by} ${target}`)).toSorted()

test('a stack names the resources that are there, by the id or ARN they go by here', () => {
  expect(named(stack)).toEqual([
    'AWS::Events::Rule name orders',
    'AWS::IAM::Role id orders-runtime',
    'AWS::SNS::Topic id arn:aws:sns:eu-west-1:111111111111:orders',
    'AWS::SQS::Queue id orders',
  ])
})

test('a stack whose resources could not be read names none', () => {
  expect(named({ Resources: null })).toEqual([])
})
