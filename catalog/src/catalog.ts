import { certificate } from './acm/certificate.ts'
import { api } from './apigateway/api.ts'
import { restApi } from './apigateway/rest-api.ts'
import { autoScalingGroup } from './autoscaling/auto-scaling-group.ts'
import { stack } from './cloudformation/stack.ts'
import { distribution } from './cloudfront/distribution.ts'
import { trail } from './cloudtrail/trail.ts'
import { alarm } from './cloudwatch/alarm.ts'
import { table } from './dynamodb/table.ts'
import { eip } from './ec2/eip.ts'
import { image } from './ec2/image.ts'
import { instance } from './ec2/instance.ts'
import { internetGateway } from './ec2/internet-gateway.ts'
import { launchTemplate } from './ec2/launch-template.ts'
import { natGateway } from './ec2/nat-gateway.ts'
import { networkAcl } from './ec2/network-acl.ts'
import { networkInterface } from './ec2/network-interface.ts'
import { routeTable } from './ec2/route-table.ts'
import { securityGroup } from './ec2/security-group.ts'
import { snapshot } from './ec2/snapshot.ts'
import { subnet } from './ec2/subnet.ts'
import { volume } from './ec2/volume.ts'
import { vpc } from './ec2/vpc.ts'
import { vpcEndpoint } from './ec2/vpc-endpoint.ts'
import { repository } from './ecr/repository.ts'
import { ecsCluster } from './ecs/cluster.ts'
import { service } from './ecs/service.ts'
import { taskDefinition } from './ecs/task-definition.ts'
import { eksCluster } from './eks/cluster.ts'
import { cacheCluster } from './elasticache/cache-cluster.ts'
import { fileSystem } from './elasticfilesystem/file-system.ts'
import { listener } from './elasticloadbalancing/listener.ts'
import { loadBalancer } from './elasticloadbalancing/load-balancer.ts'
import { targetGroup } from './elasticloadbalancing/target-group.ts'
import { rule } from './events/rule.ts'
import { group } from './iam/group.ts'
import { instanceProfile } from './iam/instance-profile.ts'
import { managedPolicy } from './iam/managed-policy.ts'
import { oidcProvider } from './iam/oidc-provider.ts'
import { role } from './iam/role.ts'
import { user } from './iam/user.ts'
import { stream } from './kinesis/stream.ts'
import { key } from './kms/key.ts'
import { eventSourceMapping } from './lambda/event-source-mapping.ts'
import { lambdaFunction } from './lambda/function.ts'
import { logGroup } from './logs/log-group.ts'
import { dbCluster } from './rds/db-cluster.ts'
import { dbInstance } from './rds/db-instance.ts'
import { dbSnapshot } from './rds/db-snapshot.ts'
import { dbSubnetGroup } from './rds/db-subnet-group.ts'
import { hostedZone } from './route53/hosted-zone.ts'
import { recordSet } from './route53/record-set.ts'
import { bucket } from './s3/bucket.ts'
import { secret } from './secretsmanager/secret.ts'
import { topic } from './sns/topic.ts'
import { queue } from './sqs/queue.ts'
import { parameter } from './ssm/parameter.ts'
import { stateMachine } from './states/state-machine.ts'
import type { ResourceTypeDefinition } from './resource-type.ts'

/** Every resource type we discover, in the order of their files. `npm run new -- resource-type` adds to it. */
export const resourceTypes: readonly ResourceTypeDefinition[] = [
  certificate,
  api,
  restApi,
  autoScalingGroup,
  stack,
  distribution,
  trail,
  alarm,
  table,
  eip,
  image,
  instance,
  internetGateway,
  launchTemplate,
  natGateway,
  networkAcl,
  networkInterface,
  routeTable,
  securityGroup,
  snapshot,
  subnet,
  volume,
  vpc,
  vpcEndpoint,
  repository,
  ecsCluster,
  service,
  taskDefinition,
  eksCluster,
  cacheCluster,
  fileSystem,
  listener,
  loadBalancer,
  targetGroup,
  rule,
  group,
  instanceProfile,
  managedPolicy,
  oidcProvider,
  role,
  user,
  stream,
  key,
  eventSourceMapping,
  lambdaFunction,
  logGroup,
  dbCluster,
  dbInstance,
  dbSnapshot,
  dbSubnetGroup,
  hostedZone,
  recordSet,
  bucket,
  secret,
  topic,
  queue,
  parameter,
  stateMachine,
]

/** The entry of a CloudFormation type name; undefined for a type we do not discover. */
export const findResourceType = (resourceType: string): ResourceTypeDefinition | undefined =>
  resourceTypes.find((type) => type.resourceType === resourceType)
