import { table } from './dynamodb/table.ts'
import { eip } from './ec2/eip.ts'
import { instance } from './ec2/instance.ts'
import { natGateway } from './ec2/nat-gateway.ts'
import { networkInterface } from './ec2/network-interface.ts'
import { routeTable } from './ec2/route-table.ts'
import { securityGroup } from './ec2/security-group.ts'
import { snapshot } from './ec2/snapshot.ts'
import { subnet } from './ec2/subnet.ts'
import { volume } from './ec2/volume.ts'
import { vpc } from './ec2/vpc.ts'
import { loadBalancer } from './elasticloadbalancing/load-balancer.ts'
import { managedPolicy } from './iam/managed-policy.ts'
import { role } from './iam/role.ts'
import { user } from './iam/user.ts'
import { lambdaFunction } from './lambda/function.ts'
import { logGroup } from './logs/log-group.ts'
import { dbInstance } from './rds/db-instance.ts'
import { bucket } from './s3/bucket.ts'
import { queue } from './sqs/queue.ts'
import type { ResourceTypeDefinition } from './resource-type.ts'

/** Every resource type we discover, in the order of their files. `npm run new -- resource-type` adds to it. */
export const resourceTypes: readonly ResourceTypeDefinition[] = [
  table,
  eip,
  instance,
  natGateway,
  networkInterface,
  routeTable,
  securityGroup,
  snapshot,
  subnet,
  volume,
  vpc,
  loadBalancer,
  managedPolicy,
  role,
  user,
  lambdaFunction,
  logGroup,
  dbInstance,
  bucket,
  queue,
]

/** The entry of a CloudFormation type name; undefined for a type we do not discover. */
export const findResourceType = (resourceType: string): ResourceTypeDefinition | undefined =>
  resourceTypes.find((type) => type.resourceType === resourceType)
