/** How AWS hands out the pages of one list operation. */
export interface Paging {
  /** Parameter with the page size; `least` and `most` are AWS's bounds, `usual` is the size when it is left out. */
  size: string
  least: number
  most: number
  usual: number
  /** Above `most`: refused, or answered as if it were `most`. */
  above: 'refused' | 'capped'
  /** Parameter that takes a token, and member that gives the next one. */
  token: string
  next: string
}

export interface ListOperation {
  resourceType: string
  /** Signing name. */
  service: string
  operation: string
  /** Element or member that holds the items. */
  container: string
  /** Parameter that names items: `VolumeId` for `VolumeId.1=…`; with it there are no pages. */
  ids?: string
  /** AWS's code where a named item is not there. */
  notFound?: string
  paging?: Paging
}

/** Unlimited but for what one answer can hold. */
const everything = 1_000_000

const ec2 = (
  resourceType: string,
  operation: string,
  container: string,
  ids: string,
  notFound: string,
  most = 1000,
): ListOperation => ({
  resourceType: `AWS::EC2::${resourceType}`,
  service: 'ec2',
  operation,
  container,
  ids,
  notFound,
  paging: {
    size: 'MaxResults',
    least: 5,
    most,
    usual: everything,
    above: 'capped',
    token: 'NextToken',
    next: 'nextToken',
  },
})

const iam = (resourceType: string, operation: string, container: string): ListOperation => ({
  resourceType: `AWS::IAM::${resourceType}`,
  service: 'iam',
  operation,
  container,
  paging: { size: 'MaxItems', least: 1, most: 1000, usual: 100, above: 'refused', token: 'Marker', next: 'Marker' },
})

const { paging: _noPages, ...addresses } = ec2(
  'EIP',
  'DescribeAddresses',
  'addressesSet',
  'AllocationId',
  'InvalidAllocationID.NotFound',
)

/** The list operation of every resource type that estates have. Sources: each service's API reference. */
export const listOperations: readonly ListOperation[] = [
  addresses,
  ec2('Instance', 'DescribeInstances', 'reservationSet', 'InstanceId', 'InvalidInstanceID.NotFound'),
  ec2('NatGateway', 'DescribeNatGateways', 'natGatewaySet', 'NatGatewayId', 'NatGatewayNotFound'),
  ec2(
    'NetworkInterface',
    'DescribeNetworkInterfaces',
    'networkInterfaceSet',
    'NetworkInterfaceId',
    'InvalidNetworkInterfaceID.NotFound',
  ),
  ec2('RouteTable', 'DescribeRouteTables', 'routeTableSet', 'RouteTableId', 'InvalidRouteTableID.NotFound', 100),
  ec2('SecurityGroup', 'DescribeSecurityGroups', 'securityGroupInfo', 'GroupId', 'InvalidGroup.NotFound'),
  ec2('Snapshot', 'DescribeSnapshots', 'snapshotSet', 'SnapshotId', 'InvalidSnapshot.NotFound'),
  ec2('Subnet', 'DescribeSubnets', 'subnetSet', 'SubnetId', 'InvalidSubnetID.NotFound'),
  ec2('Volume', 'DescribeVolumes', 'volumeSet', 'VolumeId', 'InvalidVolume.NotFound', 500),
  ec2('VPC', 'DescribeVpcs', 'vpcSet', 'VpcId', 'InvalidVpcID.NotFound'),
  iam('ManagedPolicy', 'ListPolicies', 'Policies'),
  iam('Role', 'GetAccountAuthorizationDetails', 'RoleDetailList'),
  iam('User', 'GetAccountAuthorizationDetails', 'UserDetailList'),
  {
    resourceType: 'AWS::RDS::DBInstance',
    service: 'rds',
    operation: 'DescribeDBInstances',
    container: 'DBInstances',
    ids: 'DBInstanceIdentifier',
    notFound: 'DBInstanceNotFound',
    paging: { size: 'MaxRecords', least: 20, most: 100, usual: 100, above: 'refused', token: 'Marker', next: 'Marker' },
  },
  {
    resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    service: 'elasticloadbalancing',
    operation: 'DescribeLoadBalancers',
    container: 'LoadBalancers',
    ids: 'Names.member',
    notFound: 'LoadBalancerNotFound',
    paging: {
      size: 'PageSize',
      least: 1,
      most: 400,
      usual: 400,
      above: 'refused',
      token: 'Marker',
      next: 'NextMarker',
    },
  },
  {
    resourceType: 'AWS::DynamoDB::Table',
    service: 'dynamodb',
    operation: 'ListTables',
    container: 'TableNames',
    paging: {
      size: 'Limit',
      least: 1,
      most: 100,
      usual: 100,
      above: 'refused',
      token: 'ExclusiveStartTableName',
      next: 'LastEvaluatedTableName',
    },
  },
  {
    resourceType: 'AWS::Logs::LogGroup',
    service: 'logs',
    operation: 'DescribeLogGroups',
    container: 'logGroups',
    paging: { size: 'limit', least: 1, most: 50, usual: 50, above: 'refused', token: 'nextToken', next: 'nextToken' },
  },
  {
    resourceType: 'AWS::SQS::Queue',
    service: 'sqs',
    operation: 'ListQueues',
    container: 'QueueUrls',
    paging: {
      size: 'MaxResults',
      least: 1,
      most: 1000,
      usual: 1000,
      above: 'refused',
      token: 'NextToken',
      next: 'NextToken',
    },
  },
  {
    resourceType: 'AWS::Lambda::Function',
    service: 'lambda',
    operation: 'ListFunctions',
    container: 'Functions',
    // Takes up to 10,000 and answers 50 at most.
    paging: { size: 'MaxItems', least: 1, most: 50, usual: 50, above: 'capped', token: 'Marker', next: 'NextMarker' },
  },
  {
    resourceType: 'AWS::S3::Bucket',
    service: 's3',
    operation: 'ListBuckets',
    container: 'Buckets',
    paging: {
      size: 'max-buckets',
      least: 1,
      most: 10_000,
      usual: 10_000,
      above: 'refused',
      token: 'continuation-token',
      next: 'ContinuationToken',
    },
  },
]
