import { describe, expect, test } from 'vitest'
import { bucketArnOf, hostsOf, publicAddresses, repositoryUriOf } from './hosts.ts'

describe('DNS names of AWS', () => {
  test('are told apart by how they end', () => {
    const names = [
      'd111111abcdef8.cloudfront.net.',
      'dualstack.orders-alb-1234567890.eu-central-1.elb.amazonaws.com.',
      'orders-nlb-0123456789abcdef.elb.eu-central-1.amazonaws.com',
      'orders.c9akciq32.eu-central-1.rds.amazonaws.com',
      'orders.cluster-ro-c9akciq32.eu-central-1.rds.amazonaws.com',
      'orders.proxy-c9akciq32.eu-central-1.rds.amazonaws.com',
      'www.example.com',
    ]
    expect(hostsOf('AWS::CloudFront::Distribution', names)).toEqual(['d111111abcdef8.cloudfront.net'])
    expect(hostsOf('AWS::ElasticLoadBalancingV2::LoadBalancer', names)).toHaveLength(2)
    expect(hostsOf('AWS::RDS::DBInstance', names)).toEqual(['orders.c9akciq32.eu-central-1.rds.amazonaws.com'])
    expect(hostsOf('AWS::RDS::DBCluster', names)).toEqual([
      'orders.cluster-ro-c9akciq32.eu-central-1.rds.amazonaws.com',
    ])
  })

  test('are found within a connection string', () => {
    const setting = 'postgres://orders:secret@Orders.c9akciq32.eu-central-1.rds.amazonaws.com:5432/orders'
    expect(hostsOf('AWS::RDS::DBInstance', [setting, undefined])).toEqual([
      'orders.c9akciq32.eu-central-1.rds.amazonaws.com',
    ])
  })

  test('that only look like one are none', () => {
    expect(hostsOf('AWS::CloudFront::Distribution', ['d1.cloudfront.net.example.com', 'cloudfront.net', ''])).toEqual(
      [],
    )
  })
})

test('An address is public where no private network may have it', () => {
  expect(
    publicAddresses([
      '198.51.100.7',
      '10.0.0.1',
      '172.16.0.1',
      '172.32.0.1',
      '192.168.1.1',
      '100.64.0.1',
      '127.0.0.1',
      '::1',
    ]),
  ).toEqual(['198.51.100.7', '172.32.0.1'])
})

test.each([
  ['papers.s3.eu-central-1.amazonaws.com', 'arn:aws:s3:::papers'],
  ['papers.example.com.s3.amazonaws.com', 'arn:aws:s3:::papers.example.com'],
  ['papers.s3-website-eu-west-1.amazonaws.com', 'arn:aws:s3:::papers'],
  ['papers.s3-website.eu-central-1.amazonaws.com', 'arn:aws:s3:::papers'],
  ['papers.s3.cn-north-1.amazonaws.com.cn', 'arn:aws-cn:s3:::papers'],
  ['www.example.com', undefined],
  [undefined, undefined],
])('The endpoint %s is of the bucket %s', (host, arn) => {
  expect(bucketArnOf(host)).toBe(arn)
})

test.each([
  ['111111111111.dkr.ecr.eu-central-1.amazonaws.com/shop/orders:1.4', 'shop/orders'],
  ['111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders@sha256:0a1b', 'orders'],
])('The image %s is of the repository %s', (image, repository) => {
  expect(repositoryUriOf(image)).toBe(`111111111111.dkr.ecr.eu-central-1.amazonaws.com/${repository}`)
})

test('An image of another registry is of no repository', () => {
  expect(repositoryUriOf('public.ecr.aws/nginx/nginx:1.27')).toBeUndefined()
  expect(repositoryUriOf('nginx')).toBeUndefined()
})
