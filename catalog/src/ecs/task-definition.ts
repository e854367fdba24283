import type * as ecs from '@aws-sdk/client-ecs'
import { arnsOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'
import { type HostedType, hostsOf, repositoryUriOf } from '../hosts.ts'

interface TaskDefinition extends ecs.TaskDefinition {
  tags?: ecs.Tag[] | null
}

interface Linked {
  containerDefinitions?: Container[] | undefined
}

interface Container {
  environment?: { value?: string | undefined }[] | undefined
  secrets?: { valueFrom?: string | undefined }[] | undefined
  repositoryCredentials?: { credentialsParameter?: string | undefined } | undefined
  logConfiguration?: { secretOptions?: { valueFrom?: string | undefined }[] | undefined } | undefined
}

const containers = ({ containerDefinitions = [] }: Linked) => containerDefinitions
const environment = (task: Linked) =>
  containers(task).flatMap((container) => container.environment?.map((variable) => variable.value) ?? [])
const secrets = (task: Linked) =>
  containers(task).flatMap((container) => [
    container.repositoryCredentials?.credentialsParameter,
    ...(container.secrets?.map((secret) => secret.valueFrom) ?? []),
    ...(container.logConfiguration?.secretOptions?.map((secret) => secret.valueFrom) ?? []),
  ])

/** `arn:…:secret:name-AbCdEf:key:stage:version` → the secret itself. */
const secretArn = (arn: string) => arn.split(':').slice(0, 7).join(':')

const toDatabase = (to: HostedType) =>
  ({ to, kind: 'uses', by: 'endpoint', at: (task: Linked) => hostsOf(to, environment(task)) }) as const

/**
 * Active revision of an ECS task definition. Source: ECS ListTaskDefinitions, DescribeTaskDefinition. Values of its
 * environment are looked through for ARNs and database hosts, never stored.
 */
export const taskDefinition = resourceTypeOf<typeof ecs, TaskDefinition>()({
  resourceType: 'AWS::ECS::TaskDefinition',
  service: 'ecs',
  scope: 'regional',
  label: 'ECS task definition',
  list: {
    operation: 'ListTaskDefinitions',
    items: (answer) => answer.taskDefinitionArns?.map((taskDefinitionArn) => ({ taskDefinitionArn })),
    // AWS keeps every revision there ever was.
    input: { status: 'ACTIVE' },
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 100 } },
  },
  iamActions: ['ecs:ListTaskDefinitions'],
  id: 'taskDefinitionArn',
  arn: 'taskDefinitionArn',
  // `orders:7`
  name: (task) => task.taskDefinitionArn?.split('/')[1],
  tags: 'tags',
  state: 'status',
  createdAt: 'registeredAt',
  details: [
    {
      operation: 'DescribeTaskDefinition',
      iamAction: 'ecs:DescribeTaskDefinition',
      input: (task) => ({ taskDefinition: task.taskDefinitionArn, include: ['TAGS'] }),
      pick: ({ taskDefinition: task, tags }) => task && { ...task, tags: tags ?? [] },
    },
  ],
  relationships: [
    { to: 'AWS::IAM::Role', kind: 'assumes', by: 'arn', at: (task) => [task.taskRoleArn, task.executionRoleArn] },
    {
      to: 'AWS::ECR::Repository',
      kind: 'uses',
      by: 'endpoint',
      at: (task) => task.containerDefinitions?.map((container) => repositoryUriOf(container.image)),
    },
    {
      to: 'AWS::SecretsManager::Secret',
      kind: 'uses',
      by: 'arn',
      at: (task) => [
        ...arnsOf('secretsmanager', secrets(task)).map(secretArn),
        ...arnsOf('secretsmanager', environment(task)),
      ],
    },
    { to: 'AWS::SSM::Parameter', kind: 'uses', by: 'name', at: (task) => parametersOf(secrets(task)) },
    {
      to: 'AWS::Logs::LogGroup',
      kind: 'sends-to',
      by: 'name',
      at: (task) =>
        task.containerDefinitions?.map((container) => container.logConfiguration?.options?.['awslogs-group']),
    },
    {
      to: 'AWS::EFS::FileSystem',
      kind: 'uses',
      at: (task) => task.volumes?.map((volume) => volume.efsVolumeConfiguration?.fileSystemId),
    },
    toDatabase('AWS::RDS::DBInstance'),
    toDatabase('AWS::RDS::DBCluster'),
    { to: 'AWS::DynamoDB::Table', kind: 'uses', by: 'arn', at: (task) => arnsOf('dynamodb', environment(task)) },
    { to: 'AWS::SQS::Queue', kind: 'uses', by: 'arn', at: (task) => arnsOf('sqs', environment(task)) },
    { to: 'AWS::SNS::Topic', kind: 'uses', by: 'arn', at: (task) => arnsOf('sns', environment(task)) },
  ],
  events: {
    RegisterTaskDefinition: 'responseElements.taskDefinition.taskDefinitionArn',
    DeregisterTaskDefinition: 'requestParameters.taskDefinition',
  },
  unordered: ['compatibilities', 'requiresAttributes', 'requiresCompatibilities', 'volumes'],
  redact: [
    'containerDefinitions[].command',
    'containerDefinitions[].entryPoint',
    'containerDefinitions[].environment[].value',
    'containerDefinitions[].healthCheck.command',
    // Those of FireLens are whatever its plug-in takes, keys of a log service among them.
    'containerDefinitions[].logConfiguration.options',
    'volumes[].dockerVolumeConfiguration.driverOpts',
  ],
})

/** A secret that is no ARN is the name of a parameter of the same account and region. */
function parametersOf(values: readonly (string | undefined)[]): string[] {
  return values
    .filter((value) => value !== undefined)
    .filter((value) => !value.startsWith('arn:') || /^arn:[\w-]+:ssm:/.test(value))
}
