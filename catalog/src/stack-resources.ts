interface Made {
  Resources?:
    | {
        ResourceType?: string | undefined
        PhysicalResourceId?: string | undefined
        ResourceStatus?: string | undefined
      }[]
    | null
}

/** Types that CloudFormation makes and whose physical id is the id, ARN or URL by which we know them. */
const types = [
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFormation::Stack',
  'AWS::CloudFront::Distribution',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Instance',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::NatGateway',
  'AWS::EC2::NetworkInterface',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::ECS::Cluster',
  'AWS::ECS::Service',
  'AWS::ECS::TaskDefinition',
  'AWS::EFS::FileSystem',
  'AWS::EKS::Cluster',
  'AWS::ElastiCache::CacheCluster',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Events::Rule',
  'AWS::IAM::Group',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::OIDCProvider',
  'AWS::IAM::Role',
  'AWS::IAM::User',
  'AWS::KMS::Key',
  'AWS::Kinesis::Stream',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::RDS::DBSubnetGroup',
  'AWS::Route53::HostedZone',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SecretsManager::Secret',
  'AWS::StepFunctions::StateMachine',
] as const

/** A queue goes by its URL in CloudFormation, a rule of a bus by `bus|rule`; here each goes by its name. */
const keyOf = (physicalId: string): string => physicalId.replace(/^(https:\/\/.*\/|[^|]*\|)/, '')

const madeBy = (stack: Made, type: string): string[] =>
  (stack.Resources ?? [])
    .filter((one) => one.ResourceType === type && one.ResourceStatus !== 'DELETE_COMPLETE')
    .flatMap((one) => (one.PhysicalResourceId ? [keyOf(one.PhysicalResourceId)] : []))

/** What a stack says of the resources it made, one relationship a type: where each `to` must be known, the list is closed. */
export const stackResources = types.map((type) => ({
  to: type,
  kind: 'uses' as const,
  // The id of a rule is its ARN, since names are unique within a bus only.
  ...(type === 'AWS::Events::Rule' && { by: 'name' as const }),
  at: (stack: Made) => madeBy(stack, type),
}))
