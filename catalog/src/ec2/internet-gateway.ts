import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

/** Internet gateway. Source: EC2 DescribeInternetGateways. */
export const internetGateway = resourceTypeOf<typeof ec2, ec2.InternetGateway>()({
  resourceType: 'AWS::EC2::InternetGateway',
  service: 'ec2',
  scope: 'regional',
  label: 'Internet gateway',
  list: {
    operation: 'DescribeInternetGateways',
    items: 'InternetGateways',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 5, max: 1000 } },
  },
  iamActions: ['ec2:DescribeInternetGateways'],
  id: 'InternetGatewayId',
  arn: 'arn:{partition}:ec2:{region}:{OwnerId}:internet-gateway/{InternetGatewayId}',
  tags: 'Tags',
  relationships: [
    { to: 'AWS::EC2::VPC', kind: 'attached-to', at: (gateway) => gateway.Attachments?.map(({ VpcId }) => VpcId) },
  ],
  events: {
    CreateInternetGateway: 'responseElements.internetGateway.internetGatewayId',
    AttachInternetGateway: 'requestParameters.internetGatewayId',
    DetachInternetGateway: 'requestParameters.internetGatewayId',
    DeleteInternetGateway: 'requestParameters.internetGatewayId',
  },
  unordered: ['Attachments'],
})
