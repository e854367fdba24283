import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs'
import { CreateClusterCommand as CreateKubernetesCommand, EKSClient } from '@aws-sdk/client-eks'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList, tagMap } from './tags.ts'

/** ECS spells the members of a tag in lower case. */
const lowerCase = (owner: Owner) => tagList(undefined, owner).map(({ Key, Value }) => ({ key: Key, value: Value }))

/** Returns the URI that images are pulled from. */
export async function createRepository(
  site: Site,
  { name, scanned }: { name: string; scanned: boolean },
  owner: Owner,
): Promise<string> {
  const answer = await site.of(ECRClient).send(
    new CreateRepositoryCommand({
      repositoryName: name,
      imageTagMutability: scanned ? 'IMMUTABLE' : 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: scanned },
      tags: tagList(undefined, owner),
    }),
  )
  return required(answer.repository?.repositoryUri, 'repositoryUri')
}

export async function createCluster(site: Site, name: string, owner: Owner): Promise<void> {
  await site.of(ECSClient).send(new CreateClusterCommand({ clusterName: name, tags: lowerCase(owner) }))
}

export interface TaskOrder {
  family: string
  image: string
  port: number
  roleArn: string
  environment: Record<string, string>
  /** Name of the variable → ARN of the secret. */
  secrets: Record<string, string>
  logGroup: string
}

/** A new revision of a Fargate task definition; returns its ARN. */
export async function registerTask(site: Site, order: TaskOrder, owner: Owner): Promise<string> {
  const answer = await site.of(ECSClient).send(
    new RegisterTaskDefinitionCommand({
      family: order.family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '512',
      memory: '1024',
      taskRoleArn: order.roleArn,
      executionRoleArn: order.roleArn,
      containerDefinitions: [
        {
          name: order.family,
          image: order.image,
          essential: true,
          portMappings: [{ containerPort: order.port, protocol: 'tcp' }],
          environment: Object.entries(order.environment).map(([name, value]) => ({ name, value })),
          secrets: Object.entries(order.secrets).map(([name, valueFrom]) => ({ name, valueFrom })),
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': order.logGroup,
              'awslogs-region': site.region,
              'awslogs-stream-prefix': order.family,
            },
          },
        },
      ],
      tags: lowerCase(owner),
    }),
  )
  return required(answer.taskDefinition?.taskDefinitionArn, 'taskDefinitionArn')
}

export interface ServiceOrder {
  cluster: string
  name: string
  taskDefinition: string
  count: number
  subnetIds: string[]
  securityGroupIds: string[]
  balanced?: { targetGroupArn: string; container: string; port: number }
}

export async function createService(site: Site, order: ServiceOrder, owner: Owner): Promise<void> {
  const { targetGroupArn, container, port } = order.balanced ?? {}
  await site.of(ECSClient).send(
    new CreateServiceCommand({
      cluster: order.cluster,
      serviceName: order.name,
      taskDefinition: order.taskDefinition,
      desiredCount: order.count,
      launchType: 'FARGATE',
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: order.subnetIds,
          securityGroups: order.securityGroupIds,
          assignPublicIp: 'DISABLED',
        },
      },
      ...(order.balanced ? { loadBalancers: [{ targetGroupArn, containerName: container, containerPort: port }] } : {}),
      tags: lowerCase(owner),
    }),
  )
}

export async function updateService(
  site: Site,
  change: { cluster: string; name: string; taskDefinition: string; count: number },
): Promise<void> {
  const { cluster, name: service, taskDefinition, count: desiredCount } = change
  await site.of(ECSClient).send(new UpdateServiceCommand({ cluster, service, taskDefinition, desiredCount }))
}

export async function createKubernetes(
  site: Site,
  order: { name: string; version: string; roleArn: string; subnetIds: string[]; securityGroupIds: string[] },
  owner: Owner,
): Promise<void> {
  await site.of(EKSClient).send(
    new CreateKubernetesCommand({
      name: order.name,
      version: order.version,
      roleArn: order.roleArn,
      resourcesVpcConfig: {
        subnetIds: order.subnetIds,
        securityGroupIds: order.securityGroupIds,
        endpointPublicAccess: true,
        publicAccessCidrs: ['0.0.0.0/0'],
      },
      tags: tagMap(owner),
    }),
  )
}
