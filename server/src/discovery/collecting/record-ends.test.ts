import { recordSet } from '@dashboard/catalog/route53/record-set.ts'
import { describe, expect, test } from 'vitest'
import { aws, global, one } from './scripted-aws.ts'

const loadBalancerType = 'AWS::ElasticLoadBalancingV2::LoadBalancer'

describe('A record names', () => {
  const endsOf = async (record: object) => {
    const { call } = aws({
      ListHostedZones: { HostedZones: [{ Id: '/hostedzone/Z1' }] },
      ListResourceRecordSets: { ResourceRecordSets: [{ Name: 'www.example.com.', Type: 'A', ...record }] },
    })
    const { relationships } = await one(recordSet, call, global)
    return relationships.filter(({ kind }) => kind === 'routes-to').map(({ to, target, by }) => [to, target, by])
  }
  const alias = (DNSName: string, HostedZoneId = 'Z2') => ({ AliasTarget: { DNSName, HostedZoneId } })
  const balancer = 'shop-1234.eu-central-1.elb.amazonaws.com'

  test.each([
    [alias('d111.cloudfront.net.'), ['AWS::CloudFront::Distribution', 'd111.cloudfront.net', 'endpoint']],
    [alias(`dualstack.Shop-1234.eu-central-1.elb.amazonaws.com.`), [loadBalancerType, balancer, 'endpoint']],
    [{ Type: 'CNAME', ResourceRecords: [{ Value: balancer }] }, [loadBalancerType, balancer, 'endpoint']],
    [{ ResourceRecords: [{ Value: '198.51.100.7' }] }, ['AWS::EC2::EIP', '198.51.100.7', 'endpoint']],
    [alias('s3-website.eu-central-1.amazonaws.com.'), ['AWS::S3::Bucket', 'www.example.com', 'name']],
    [alias('api.example.com.', 'Z1'), ['AWS::Route53::RecordSet', 'Z1/api.example.com./A', 'id']],
    [
      alias('vpce-0a1b2c3d4e5f60718-xyz.vpce-svc-1.eu-central-1.vpce.amazonaws.com.'),
      ['AWS::EC2::VPCEndpoint', 'vpce-0a1b2c3d4e5f60718', 'id'],
    ],
  ])('where it leads: %j', async (record, end) => {
    expect(await endsOf(record)).toEqual([end])
  })

  test.each([
    [{ ResourceRecords: [{ Value: '10.0.0.7' }] }],
    [{ Type: 'TXT', ResourceRecords: [{ Value: `"${balancer}"` }] }],
    [{ Type: 'CNAME', ResourceRecords: [{ Value: 'shop.example.org' }] }],
  ])('nothing of AWS: %j', async (record) => {
    expect(await endsOf(record)).toEqual([])
  })
})
