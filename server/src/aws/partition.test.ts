import { expect, test } from 'vitest'
import { consoleUrlOf, homeRegionOf, partitionOf } from './partition.ts'

test('a region tells its partition, and each partition its home region', () => {
  const facts = {
    'eu-west-1': ['aws', 'us-east-1'],
    'us-gov-east-1': ['aws-us-gov', 'us-gov-west-1'],
    'cn-northwest-1': ['aws-cn', 'cn-north-1'],
    'eusc-de-east-1': ['aws-eusc', 'eusc-de-east-1'],
    'us-east-1': ['aws', 'us-east-1'],
  }
  for (const [region, [partition = '', home = '']] of Object.entries(facts)) {
    expect(partitionOf(region)).toBe(partition)
    expect(homeRegionOf(partition)).toBe(home)
  }
})

test('the console link goes to the console of the ARN’s own partition, and the ARN cannot lead elsewhere', () => {
  expect(consoleUrlOf('arn:aws:s3:::a')).toBe('https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3As3%3A%3A%3Aa')
  expect(new URL(consoleUrlOf('arn:aws-cn:ec2:cn-north-1:1:volume/v') ?? '').hostname).toBe('console.amazonaws.cn')
  expect(consoleUrlOf('arn:aws-iso:s3:::a')).toBeNull()
  expect(consoleUrlOf('arn:constructor:s3:::a')).toBeNull()
  const hostile = new URL(consoleUrlOf('arn:aws:s3:::a&arn=b#@evil.example/../"><script>') ?? '')
  expect([hostile.hostname, hostile.searchParams.getAll('arn')]).toEqual([
    'console.aws.amazon.com',
    ['arn:aws:s3:::a&arn=b#@evil.example/../"><script>'],
  ])
})
