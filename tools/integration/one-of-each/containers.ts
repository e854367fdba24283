import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { CreateClusterCommand as CreateEksClusterCommand, DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks'
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds'
import type { Compute } from './compute.ts'
import {
  type Clients,
  type ExpectedResource,
  into,
  keyArn,
  made,
  out,
  ownTags,
  type Place,
  tagList,
} from './created.ts'
import type { Identity } from './identity.ts'
import type { Network } from './network.ts'

export type Containers = Awaited<ReturnType<typeof createContainers>>

/** Value of a container's environment that nothing may store, log or answer. */
export const containerCanary = 'canary-c17e5a90b2f84d36'

/** Tags as ECS spells them. */
const ecsTags = (name: string) => tagList(ownTags(name)).map(({ Key, Value }) => ({ key: Key, value: Value }))

const repositoryPolicy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 'ecr:BatchGetImage' }],
}

const secretArn = ({ partition, region, accountId }: Place) =>
  `arn:${partition}:secretsmanager:${region}:${accountId}:secret:orders/token-AbCdEf`

export async function createContainers(
  clients: Clients,
  place: Place,
  network: Network,
  identity: Identity,
  compute: Compute,
) {
  const repository = await createRepository(clients(ECRClient), place)
  const databaseHost = await hostOfDatabase(clients(RDSClient))
  const ecs = clients(ECSClient)
  const { cluster } = await ecs.send(
    new CreateClusterCommand({
      clusterName: 'orders',
      settings: [{ name: 'containerInsights', value: 'enabled' }],
      tags: ecsTags('orders-cluster'),
    }),
  )
  const clusterArn = made(cluster?.clusterArn, 'cluster')
  const taskDefinitionArn = await registerTask(ecs, place, identity, repository.repositoryUri, databaseHost)
  const { service } = await ecs.send(
    new CreateServiceCommand({
      cluster: 'orders',
      serviceName: 'orders-api',
      taskDefinition: taskDefinitionArn,
      desiredCount: 2,
      launchType: 'FARGATE',
      loadBalancers: [{ targetGroupArn: compute.targetGroupArn, containerName: 'api', containerPort: 8080 }],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [network.subnetId], securityGroups: [network.webGroupId] },
      },
      tags: ecsTags('orders-api'),
    }),
  )
  const kubernetes = await createKubernetes(clients(EKSClient), network, identity)
  return {
    ...repository,
    databaseHost,
    clusterArn,
    taskDefinitionArn,
    serviceArn: made(service?.serviceArn, 'service'),
    ...kubernetes,
  }
}

async function createRepository(ecr: ECRClient, place: Place) {
  const { repository } = await ecr.send(
    new CreateRepositoryCommand({
      repositoryName: 'orders/api',
      imageTagMutability: 'IMMUTABLE',
      encryptionConfiguration: { encryptionType: 'KMS', kmsKey: keyArn(place) },
      tags: tagList(ownTags('orders-images')),
    }),
  )
  await ecr.send(
    new SetRepositoryPolicyCommand({ repositoryName: 'orders/api', policyText: JSON.stringify(repositoryPolicy) }),
  )
  return {
    repositoryArn: made(repository?.repositoryArn, 'repository'),
    repositoryUri: made(repository?.repositoryUri, 'URI of the repository'),
  }
}

async function hostOfDatabase(rds: RDSClient) {
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'orders-database' })
  return made((await rds.send(command)).DBInstances?.[0]?.Endpoint?.Address, 'host of the database')
}

async function registerTask(ecs: ECSClient, place: Place, identity: Identity, uri: string, databaseHost: string) {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: 'orders-api',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      taskRoleArn: identity.roleArn,
      executionRoleArn: identity.roleArn,
      containerDefinitions: [
        {
          name: 'api',
          image: `${uri}:1.4.2`,
          essential: true,
          portMappings: [{ containerPort: 8080 }],
          command: ['serve', `--token=${containerCanary}`],
          environment: [
            { name: 'DATABASE_URL', value: `postgres://orders:${containerCanary}@${databaseHost}:5432/orders` },
          ],
          secrets: [{ name: 'TOKEN', valueFrom: `${secretArn(place)}:token::` }],
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/orders/web' } },
        },
      ],
      tags: ecsTags('orders-api-task'),
    }),
  )
  return made(taskDefinition?.taskDefinitionArn, 'task definition')
}

async function createKubernetes(eks: EKSClient, network: Network, identity: Identity) {
  await eks.send(
    new CreateEksClusterCommand({
      name: 'orders-batch',
      version: '1.33',
      roleArn: identity.roleArn,
      resourcesVpcConfig: {
        subnetIds: [network.subnetId, network.otherSubnetId],
        securityGroupIds: [network.webGroupId],
      },
      tags: ownTags('orders-batch'),
    }),
  )
  const { cluster } = await eks.send(new DescribeClusterCommand({ name: 'orders-batch' }))
  return {
    kubernetesVpcId: cluster?.resourcesVpcConfig?.vpcId,
    kubernetesGroupId: cluster?.resourcesVpcConfig?.clusterSecurityGroupId,
    issuer: cluster?.identity?.oidc?.issuer,
  }
}

export function expectedContainers(
  containers: Containers,
  network: Network,
  identity: Identity,
  compute: Compute,
  place: Place,
): ExpectedResource[] {
  const { partition, region, accountId } = place
  const { kubernetesVpcId, kubernetesGroupId, issuer } = containers
  return [
    {
      resourceType: 'AWS::ECR::Repository',
      resourceId: 'orders/api',
      arn: containers.repositoryArn,
      name: 'orders/api',
      state: null,
      region,
      tags: ownTags('orders-images'),
      properties: { imageTagMutability: 'IMMUTABLE', Policy: repositoryPolicy },
      relationships: [out('encrypted-by', 'AWS::KMS::Key', keyArn(place))],
    },
    {
      resourceType: 'AWS::ECS::Cluster',
      resourceId: 'orders',
      arn: containers.clusterArn,
      name: 'orders',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-cluster'),
      properties: { 'settings[].value': 'enabled' },
      relationships: [],
    },
    {
      resourceType: 'AWS::ECS::TaskDefinition',
      resourceId: containers.taskDefinitionArn,
      arn: containers.taskDefinitionArn,
      name: 'orders-api:1',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-api-task'),
      properties: {
        networkMode: 'awsvpc',
        'containerDefinitions[].name': 'api',
        'containerDefinitions[].command[]': ['[redacted]', '[redacted]'],
        'containerDefinitions[].environment[].name': 'DATABASE_URL',
        'containerDefinitions[].environment[].value': '[redacted]',
      },
      relationships: [
        out('assumes', 'AWS::IAM::Role', identity.roleArn),
        out('uses', 'AWS::ECR::Repository', containers.repositoryUri),
        out('uses', 'AWS::SecretsManager::Secret', secretArn(place)),
        out('uses', 'AWS::RDS::DBInstance', containers.databaseHost),
        out('sends-to', 'AWS::Logs::LogGroup', '/orders/web'),
      ],
    },
    {
      resourceType: 'AWS::ECS::Service',
      resourceId: containers.serviceArn,
      arn: containers.serviceArn,
      name: 'orders-api',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-api'),
      properties: { desiredCount: 2, launchType: 'FARGATE', clusterArn: containers.clusterArn },
      relationships: [
        out('in', 'AWS::ECS::Cluster', containers.clusterArn),
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId),
        out('uses', 'AWS::ECS::TaskDefinition', containers.taskDefinitionArn),
        into('routes-to', 'AWS::ElasticLoadBalancingV2::TargetGroup', compute.targetGroupArn),
      ],
    },
    {
      resourceType: 'AWS::EKS::Cluster',
      resourceId: 'orders-batch',
      arn: `arn:${partition}:eks:${region}:${accountId}:cluster/orders-batch`,
      name: 'orders-batch',
      state: 'ACTIVE',
      region,
      tags: ownTags('orders-batch'),
      properties: { version: '1.33', roleArn: identity.roleArn },
      relationships: [
        ...(kubernetesVpcId ? [out('in', 'AWS::EC2::VPC', kubernetesVpcId)] : []),
        out('in', 'AWS::EC2::Subnet', network.subnetId),
        out('in', 'AWS::EC2::Subnet', network.otherSubnetId),
        out('member-of', 'AWS::EC2::SecurityGroup', network.webGroupId),
        ...(kubernetesGroupId ? [out('member-of', 'AWS::EC2::SecurityGroup', kubernetesGroupId)] : []),
        out('assumes', 'AWS::IAM::Role', identity.roleArn),
        ...(issuer
          ? [
              out(
                'uses',
                'AWS::IAM::OIDCProvider',
                `arn:${partition}:iam::${accountId}:oidc-provider/${issuer.replace('https://', '')}`,
              ),
            ]
          : []),
      ],
    },
  ]
}
