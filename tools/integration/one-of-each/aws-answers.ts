import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as ec2 from '@aws-sdk/client-ec2'
import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetPolicyCommand, GetRoleCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds'
import { GetBucketEncryptionCommand, S3Client } from '@aws-sdk/client-s3'
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs'
import { deliveryAnswers } from './aws-answers-of-delivery.ts'
import { serviceAnswers } from './aws-answers-of-services.ts'
import type { Ask, Clients, ExpectedResource } from './created.ts'

const ec2Answers = {
  'AWS::EC2::Instance': async (client, id) =>
    (await client.send(new ec2.DescribeInstancesCommand({ InstanceIds: [id] }))).Reservations?.[0]?.Instances?.[0],
  'AWS::EC2::Volume': async (client, id) =>
    (await client.send(new ec2.DescribeVolumesCommand({ VolumeIds: [id] }))).Volumes?.[0],
  'AWS::EC2::Snapshot': async (client, id) =>
    (await client.send(new ec2.DescribeSnapshotsCommand({ SnapshotIds: [id] }))).Snapshots?.[0],
  'AWS::EC2::SecurityGroup': async (client, id) =>
    (await client.send(new ec2.DescribeSecurityGroupsCommand({ GroupIds: [id] }))).SecurityGroups?.[0],
  'AWS::EC2::VPC': async (client, id) => (await client.send(new ec2.DescribeVpcsCommand({ VpcIds: [id] }))).Vpcs?.[0],
  'AWS::EC2::Subnet': async (client, id) =>
    (await client.send(new ec2.DescribeSubnetsCommand({ SubnetIds: [id] }))).Subnets?.[0],
  'AWS::EC2::NetworkInterface': async (client, id) =>
    (await client.send(new ec2.DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [id] }))).NetworkInterfaces?.[0],
  'AWS::EC2::RouteTable': async (client, id) =>
    (await client.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: [id] }))).RouteTables?.[0],
  'AWS::EC2::NatGateway': async (client, id) =>
    (await client.send(new ec2.DescribeNatGatewaysCommand({ NatGatewayIds: [id] }))).NatGateways?.[0],
  'AWS::EC2::InternetGateway': async (client, id) =>
    (await client.send(new ec2.DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] }))).InternetGateways?.[0],
  'AWS::EC2::NetworkAcl': async (client, id) =>
    (await client.send(new ec2.DescribeNetworkAclsCommand({ NetworkAclIds: [id] }))).NetworkAcls?.[0],
  'AWS::EC2::VPCEndpoint': async (client, id) => {
    const { VpcEndpoints } = await client.send(new ec2.DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }))
    const { PolicyDocument = 'null', ...answer } = VpcEndpoints?.[0] ?? {}
    return { ...answer, PolicyDocument: JSON.parse(PolicyDocument) }
  },
  'AWS::EC2::LaunchTemplate': async (client, id) =>
    (await client.send(new ec2.DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [id] }))).LaunchTemplates?.[0],
  'AWS::EC2::Image': async (client, id) =>
    (await client.send(new ec2.DescribeImagesCommand({ ImageIds: [id] }))).Images?.[0],
  'AWS::EC2::EIP': async (client, id) =>
    (await client.send(new ec2.DescribeAddressesCommand({ AllocationIds: [id] }))).Addresses?.[0],
} satisfies Record<string, (client: ec2.EC2Client, id: string) => Promise<object | undefined>>

const otherAnswers = {
  'AWS::S3::Bucket': async (clients, { resourceId }) => {
    const answer = await clients(S3Client).send(new GetBucketEncryptionCommand({ Bucket: resourceId }))
    return { Encryption: answer.ServerSideEncryptionConfiguration }
  },
  'AWS::RDS::DBInstance': async (clients, { resourceId }) => {
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: resourceId })
    const instance = (await clients(RDSClient).send(command)).DBInstances?.[0]
    // This moves on with every answer.
    const { LatestRestorableTime: _, ...answer } = instance ?? {}
    return instance && answer
  },
  'AWS::Lambda::Function': async (clients, { resourceId }) => {
    const command = new GetFunctionConfigurationCommand({ FunctionName: resourceId })
    // The environment is redacted; what is left of it is for `expectedFields` to say.
    const { Environment: _, ...answer } = await clients(LambdaClient).send(command)
    return answer
  },
  'AWS::IAM::Role': async (clients, { resourceId }) => {
    const { Role } = await clients(IAMClient).send(new GetRoleCommand({ RoleName: resourceId }))
    return { RoleId: Role?.RoleId, Path: Role?.Path, Arn: Role?.Arn, CreateDate: Role?.CreateDate, Tags: Role?.Tags }
  },
  'AWS::IAM::User': async (clients, { resourceId }) =>
    (await clients(IAMClient).send(new GetUserCommand({ UserName: resourceId }))).User,
  'AWS::IAM::ManagedPolicy': async (clients, { arn }) => {
    // Only GetPolicy answers the description.
    const { Policy } = await clients(IAMClient).send(new GetPolicyCommand({ PolicyArn: arn }))
    const { Description: _, ...answer } = Policy ?? {}
    return answer
  },
  'AWS::DynamoDB::Table': async (clients, { resourceId }) =>
    (await clients(DynamoDBClient).send(new DescribeTableCommand({ TableName: resourceId }))).Table,
  'AWS::SQS::Queue': async (clients, { resourceId }) => {
    const sqs = clients(SQSClient)
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: resourceId }))
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
    const { RedrivePolicy, ...texts } = Attributes ?? {}
    return { QueueUrl, Attributes: { ...texts, RedrivePolicy: JSON.parse(RedrivePolicy ?? 'null') } }
  },
  'AWS::Logs::LogGroup': async (clients, { resourceId }) => {
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: resourceId })
    return (await clients(CloudWatchLogsClient).send(command)).logGroups?.[0]
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': async (clients, { resourceId }) => {
    const command = new DescribeLoadBalancersCommand({ Names: [resourceId] })
    return (await clients(ElasticLoadBalancingV2Client).send(command)).LoadBalancers?.[0]
  },
} satisfies Record<string, Ask>

/** AWS's own answer on the resource; throws for a type nobody asks about, so that a new one is not forgotten. */
export async function awsAnswer(clients: Clients, one: ExpectedResource): Promise<object> {
  const ofEc2 = Object.entries(ec2Answers).find(([type]) => type === one.resourceType)?.[1]
  const others: [string, Ask][] = Object.entries({ ...otherAnswers, ...serviceAnswers, ...deliveryAnswers })
  const other = others.find(([type]) => type === one.resourceType)?.[1]
  const answer = ofEc2 ? await ofEc2(clients(ec2.EC2Client), one.resourceId) : await other?.(clients, one)
  if (answer === undefined)
    throw new Error(`AWS was not asked, or knows nothing, about ${one.resourceType} ${one.resourceId}`)
  return answer
}
