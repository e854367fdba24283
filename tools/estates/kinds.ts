/** How many of a kind there are, and who may name them. */
export interface Kind {
  resourceType: string
  /** Where it stands: in every Region, in Regions that are used, or once in an account. */
  where: 'every-region' | 'used-region' | 'account'
  /** Prefix of its random id; left out, its id is its name. */
  prefix?: string
  /** The middle of its name: `payments-worker-0042`. */
  noun: string
  /** How many of `budget` resources in its place are of this kind. Left out for a companion. */
  count?: (budget: number) => number
  /** Of these it is a part: it comes and goes with them, with the same ordinal. */
  companionOf?: 'nat-gateway' | 'instance'
  /** Share of the first ones that others may name; they never go away, so that every reference leads somewhere. */
  anchored: number
}

const share = (part: number, atLeast: number) => (budget: number) => Math.max(atLeast, Math.round(budget * part))
const fixed = (count: number) => () => count
const vpcs = share(0.004, 1)

/** The mix of a company that runs services on instances, functions and managed data stores. */
export const kinds = {
  'default-vpc': {
    resourceType: 'AWS::EC2::VPC',
    where: 'every-region',
    prefix: 'vpc-',
    noun: 'default',
    count: fixed(1),
    anchored: 1,
  },
  'default-subnet': {
    resourceType: 'AWS::EC2::Subnet',
    where: 'every-region',
    prefix: 'subnet-',
    noun: 'default',
    count: fixed(3),
    anchored: 1,
  },
  'default-security-group': {
    resourceType: 'AWS::EC2::SecurityGroup',
    where: 'every-region',
    prefix: 'sg-',
    noun: 'default',
    count: fixed(1),
    anchored: 1,
  },
  'main-route-table': {
    resourceType: 'AWS::EC2::RouteTable',
    where: 'every-region',
    prefix: 'rtb-',
    noun: 'main',
    count: fixed(1),
    anchored: 1,
  },
  vpc: { resourceType: 'AWS::EC2::VPC', where: 'used-region', prefix: 'vpc-', noun: 'vpc', count: vpcs, anchored: 1 },
  // Four for each VPC are named by others, in turn.
  subnet: {
    resourceType: 'AWS::EC2::Subnet',
    where: 'used-region',
    prefix: 'subnet-',
    noun: 'subnet',
    count: (budget) => 5 * vpcs(budget),
    anchored: 0.8,
  },
  'security-group': {
    resourceType: 'AWS::EC2::SecurityGroup',
    where: 'used-region',
    prefix: 'sg-',
    noun: 'sg',
    count: share(0.07, 3),
    anchored: 0.7,
  },
  'route-table': {
    resourceType: 'AWS::EC2::RouteTable',
    where: 'used-region',
    prefix: 'rtb-',
    noun: 'private',
    count: share(0.012, 2),
    anchored: 0,
  },
  'nat-gateway': {
    resourceType: 'AWS::EC2::NatGateway',
    where: 'used-region',
    prefix: 'nat-',
    noun: 'nat',
    count: vpcs,
    anchored: 1,
  },
  'nat-address': {
    resourceType: 'AWS::EC2::EIP',
    where: 'used-region',
    prefix: 'eipalloc-',
    noun: 'nat-ip',
    companionOf: 'nat-gateway',
    anchored: 1,
  },
  'nat-interface': {
    resourceType: 'AWS::EC2::NetworkInterface',
    where: 'used-region',
    prefix: 'eni-',
    noun: 'nat-eni',
    companionOf: 'nat-gateway',
    anchored: 1,
  },
  'free-address': {
    resourceType: 'AWS::EC2::EIP',
    where: 'used-region',
    prefix: 'eipalloc-',
    noun: 'spare-ip',
    count: share(0.006, 1),
    anchored: 0,
  },
  instance: {
    resourceType: 'AWS::EC2::Instance',
    where: 'used-region',
    prefix: 'i-',
    noun: 'web',
    count: share(0.04, 2),
    anchored: 0.5,
  },
  'root-volume': {
    resourceType: 'AWS::EC2::Volume',
    where: 'used-region',
    prefix: 'vol-',
    noun: 'root',
    companionOf: 'instance',
    anchored: 0.5,
  },
  'data-volume': {
    resourceType: 'AWS::EC2::Volume',
    where: 'used-region',
    prefix: 'vol-',
    noun: 'data',
    companionOf: 'instance',
    anchored: 0.5,
  },
  'instance-interface': {
    resourceType: 'AWS::EC2::NetworkInterface',
    where: 'used-region',
    prefix: 'eni-',
    noun: 'eni',
    companionOf: 'instance',
    anchored: 0.5,
  },
  'instance-address': {
    resourceType: 'AWS::EC2::EIP',
    where: 'used-region',
    prefix: 'eipalloc-',
    noun: 'ip',
    companionOf: 'instance',
    anchored: 0.5,
  },
  'free-volume': {
    resourceType: 'AWS::EC2::Volume',
    where: 'used-region',
    prefix: 'vol-',
    noun: 'old',
    count: share(0.06, 1),
    anchored: 0,
  },
  snapshot: {
    resourceType: 'AWS::EC2::Snapshot',
    where: 'used-region',
    prefix: 'snap-',
    noun: 'nightly',
    count: share(0.15, 1),
    anchored: 0,
  },
  'free-interface': {
    resourceType: 'AWS::EC2::NetworkInterface',
    where: 'used-region',
    prefix: 'eni-',
    noun: 'appliance',
    count: share(0.05, 1),
    anchored: 0,
  },
  'load-balancer': {
    resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    where: 'used-region',
    noun: 'alb',
    count: share(0.012, 1),
    anchored: 0,
  },
  'db-instance': {
    resourceType: 'AWS::RDS::DBInstance',
    where: 'used-region',
    noun: 'database',
    count: share(0.02, 1),
    anchored: 0,
  },
  table: {
    resourceType: 'AWS::DynamoDB::Table',
    where: 'used-region',
    noun: 'table',
    count: share(0.03, 2),
    anchored: 0.5,
  },
  function: {
    resourceType: 'AWS::Lambda::Function',
    where: 'used-region',
    noun: 'worker',
    count: share(0.1, 1),
    anchored: 0,
  },
  'log-group': {
    resourceType: 'AWS::Logs::LogGroup',
    where: 'used-region',
    noun: 'logs',
    count: share(0.15, 1),
    anchored: 0,
  },
  queue: { resourceType: 'AWS::SQS::Queue', where: 'used-region', noun: 'jobs', count: share(0.05, 2), anchored: 0.5 },
  'dead-letter-queue': {
    resourceType: 'AWS::SQS::Queue',
    where: 'used-region',
    noun: 'dead',
    count: share(0.004, 1),
    anchored: 1,
  },
  'managed-policy': {
    resourceType: 'AWS::IAM::ManagedPolicy',
    where: 'account',
    noun: 'policy',
    count: share(0.25, 2),
    anchored: 0.5,
  },
  role: { resourceType: 'AWS::IAM::Role', where: 'account', noun: 'role', count: share(0.4, 2), anchored: 0.5 },
  user: { resourceType: 'AWS::IAM::User', where: 'account', noun: 'deployer', count: share(0.1, 2), anchored: 0.5 },
  bucket: { resourceType: 'AWS::S3::Bucket', where: 'account', noun: 'documents', count: share(0.2, 1), anchored: 0 },
} satisfies Record<string, Kind>

export type KindName = keyof typeof kinds

export const kindNames = Object.keys(kinds) as KindName[]

export const kindOf = (name: KindName): Kind => kinds[name]

/** The kinds that go with a resource of this kind, itself first. */
export const bundleOf = (name: KindName): KindName[] => [
  name,
  ...kindNames.filter((other) => kindOf(other).companionOf === name),
]

/** Resource types that are listed once for an account rather than in each Region. */
export const globalTypes: ReadonlySet<string> = new Set(
  kindNames.map(kindOf).flatMap(({ where, resourceType }) => (where === 'account' ? [resourceType] : [])),
)
