import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm'
import { APIGatewayClient, GetRestApiCommand } from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, GetApiCommand } from '@aws-sdk/client-apigatewayv2'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import { CloudTrailClient, GetTrailCommand } from '@aws-sdk/client-cloudtrail'
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import { DescribeFileSystemsCommand, EFSClient } from '@aws-sdk/client-efs'
import { DescribeCacheClustersCommand, ElastiCacheClient } from '@aws-sdk/client-elasticache'
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge'
import {
  GetGroupCommand,
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis'
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  DescribeDBClustersCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  RDSClient,
} from '@aws-sdk/client-rds'
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns'
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm'
import type { Ask } from './created.ts'
import { KinesisOverHttp1 } from './kinesis-client.ts'

/** The answer without the fields that move on with every call, that are redacted, or that only this operation gives. */
const without = (answer: object | undefined, ...fields: string[]): object | undefined =>
  answer && Object.fromEntries(Object.entries(answer).filter(([field]) => !fields.includes(field)))

const parsed = (text: string | undefined): unknown => (text ? JSON.parse(text) : text)

export const serviceAnswers = {
  'AWS::ApiGateway::RestApi': (clients, { resourceId }) =>
    clients(APIGatewayClient).send(new GetRestApiCommand({ restApiId: resourceId })),
  'AWS::ApiGatewayV2::Api': (clients, { resourceId }) =>
    clients(ApiGatewayV2Client).send(new GetApiCommand({ ApiId: resourceId })),
  'AWS::CertificateManager::Certificate': async (clients, { arn }) =>
    (await clients(ACMClient).send(new DescribeCertificateCommand({ CertificateArn: arn }))).Certificate,
  'AWS::CloudFormation::Stack': async (clients, { resourceId }) => {
    const { Stacks } = await clients(CloudFormationClient).send(new DescribeStacksCommand({ StackName: resourceId }))
    return without(Stacks?.[0], 'Parameters', 'Outputs')
  },
  'AWS::CloudTrail::Trail': async (clients, { resourceId }) =>
    (await clients(CloudTrailClient).send(new GetTrailCommand({ Name: resourceId }))).Trail,
  'AWS::CloudWatch::Alarm': async (clients, { resourceId }) =>
    (await clients(CloudWatchClient).send(new DescribeAlarmsCommand({ AlarmNames: [resourceId] }))).MetricAlarms?.[0],
  'AWS::EFS::FileSystem': async (clients, { resourceId }) => {
    const command = new DescribeFileSystemsCommand({ FileSystemId: resourceId })
    return without((await clients(EFSClient).send(command)).FileSystems?.[0], 'SizeInBytes')
  },
  'AWS::ElastiCache::CacheCluster': async (clients, { resourceId }) => {
    const command = new DescribeCacheClustersCommand({ CacheClusterId: resourceId, ShowCacheNodeInfo: true })
    return (await clients(ElastiCacheClient).send(command)).CacheClusters?.[0]
  },
  'AWS::Events::Rule': async (clients, { name }) => {
    const answer = await clients(EventBridgeClient).send(new DescribeRuleCommand({ Name: name }))
    return { ...without(answer, 'CreatedBy'), EventPattern: parsed(answer.EventPattern) }
  },
  'AWS::IAM::Group': async (clients, { resourceId }) =>
    (await clients(IAMClient).send(new GetGroupCommand({ GroupName: resourceId }))).Group,
  'AWS::IAM::InstanceProfile': async (clients, { resourceId }) => {
    const command = new GetInstanceProfileCommand({ InstanceProfileName: resourceId })
    return without((await clients(IAMClient).send(command)).InstanceProfile, 'Roles')
  },
  'AWS::IAM::OIDCProvider': (clients, { arn }) =>
    clients(IAMClient).send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
  'AWS::KMS::Key': async (clients, { resourceId }) =>
    (await clients(KMSClient).send(new DescribeKeyCommand({ KeyId: resourceId }))).KeyMetadata,
  'AWS::Kinesis::Stream': async (clients, { resourceId }) =>
    (await clients(KinesisOverHttp1).send(new DescribeStreamSummaryCommand({ StreamName: resourceId })))
      .StreamDescriptionSummary,
  'AWS::Lambda::EventSourceMapping': (clients, { resourceId }) =>
    clients(LambdaClient).send(new GetEventSourceMappingCommand({ UUID: resourceId })),
  'AWS::RDS::DBCluster': async (clients, { resourceId }) => {
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: resourceId })
    return without((await clients(RDSClient).send(command)).DBClusters?.[0], 'LatestRestorableTime')
  },
  'AWS::RDS::DBSnapshot': async (clients, { resourceId }) => {
    const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: resourceId })
    return (await clients(RDSClient).send(command)).DBSnapshots?.[0]
  },
  'AWS::RDS::DBSubnetGroup': async (clients, { resourceId }) => {
    const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: resourceId })
    return (await clients(RDSClient).send(command)).DBSubnetGroups?.[0]
  },
  'AWS::SNS::Topic': async (clients, { arn }) => {
    const { Attributes } = await clients(SNSClient).send(new GetTopicAttributesCommand({ TopicArn: arn }))
    const { Policy, EffectiveDeliveryPolicy, ...texts } = Attributes ?? {}
    const documents = { Policy: parsed(Policy), EffectiveDeliveryPolicy: parsed(EffectiveDeliveryPolicy) }
    return { Attributes: { ...texts, ...documents } }
  },
  'AWS::SSM::Parameter': async (clients, { resourceId }) => {
    const ParameterFilters = [{ Key: 'Name', Option: 'Equals', Values: [resourceId] }]
    return (await clients(SSMClient).send(new DescribeParametersCommand({ ParameterFilters }))).Parameters?.[0]
  },
  'AWS::SecretsManager::Secret': async (clients, { arn }) => {
    const answer = await clients(SecretsManagerClient).send(new DescribeSecretCommand({ SecretId: arn }))
    return without(answer, 'VersionIdsToStages')
  },
  'AWS::StepFunctions::StateMachine': async (clients, { arn }) => {
    const answer = await clients(SFNClient).send(new DescribeStateMachineCommand({ stateMachineArn: arn }))
    return { ...answer, definition: parsed(answer.definition) }
  },
} satisfies Record<string, Ask>
