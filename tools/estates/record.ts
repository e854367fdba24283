/**
 * Records the templates: makes one of each resource in moto, discovers it with the recorder on, and writes down what was
 * answered with placeholders for all that is particular to the account, the Region and the resource.
 *
 *     node tools/estates/record.ts
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AllocateAddressCommand, CreateVolumeCommand, EC2Client } from '@aws-sdk/client-ec2'
import { findResourceType, resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { type Call, collect, type CollectedResource } from '@dashboard/server/discovery/collect.ts'
import { required } from '../aws-gateway/required.ts'
import { listItems, withoutIndentation } from '../aws-gateway/recording/list-items.ts'
import { listOperations } from '../aws-gateway/recording/list-operations.ts'
import { type RecordableClient, recordAnswers } from '../aws-gateway/recording/recorder.ts'
import { appendAnswer, type RecordedAnswer, readRecording } from '../aws-gateway/recording/recording-file.ts'
import { type Created, createOneOfEach, expectedFields } from '../integration/created-equals-discovered.ts'
import { awsAnswer } from '../integration/one-of-each/aws-answers.ts'
import { type Clients, ownTags, tagList } from '../integration/one-of-each/created.ts'
import { startAws, type TestAws } from '../testing/aws.ts'
import { withPlaceholders } from './placeholders.ts'
import { type Described, Template, templateDirectory } from './template.ts'

const place = { partition: 'aws', accountId: '111111111111', region: 'eu-central-1' }
const home = { ...place, homeRegion: 'us-east-1' }

type Found = Map<string, CollectedResource[]>

const directory = await mkdtemp(join(tmpdir(), 'recording-'))
const aws = await startAws([place.accountId])
try {
  await record(aws, join(directory, 'answers.ndjson'))
} finally {
  await aws.close()
  await rm(directory, { recursive: true, force: true })
}

async function record(target: TestAws, file: string): Promise<void> {
  const clients: Clients = (constructor) => target.client(constructor, place.accountId, place.region)
  const created = await createOneOfEach(clients, place)
  const free = await createFree(clients(EC2Client))
  const recording: Clients = (constructor) => {
    const client = clients(constructor)
    recordAnswers(client as RecordableClient, place.accountId, (answer) => appendAnswer(file, answer))
    return client
  }
  const found = await discover(recording)
  for (const one of expectedFields(created)) await awsAnswer(recording, one)
  const answers = readRecording(file)
  const kinds = chosen(created, free, found)
  for (const [kind, resourceType, id] of kinds)
    await writeTemplate(templateOf(kind, resourceType, id, { created, kinds, found, answers }))
}

/** What an order service has none of: a volume and an address that nothing uses. */
async function createFree(ec2: EC2Client) {
  const tags = (ResourceType: 'volume' | 'elastic-ip', name: string) => ({
    TagSpecifications: [{ ResourceType, Tags: tagList(ownTags(name)) }],
  })
  const volume = await ec2.send(
    new CreateVolumeCommand({
      AvailabilityZone: `${place.region}a`,
      Size: 100,
      VolumeType: 'gp2',
      ...tags('volume', 'orders-old'),
    }),
  )
  const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc', ...tags('elastic-ip', 'orders-spare') }))
  return {
    volumeId: required(volume.VolumeId, 'VolumeId'),
    allocationId: required(address.AllocationId, 'AllocationId'),
  }
}

async function discover(clients: Clients): Promise<Found> {
  const found: Found = new Map()
  for (const type of resourceTypes) {
    const scope = { ...home, region: type.scope === 'global' ? 'global' : place.region }
    // One page holds all there is.
    for await (const page of collect(type, scope, callOf(clients))) found.set(type.resourceType, page)
  }
  return found
}

type Command = new (input: unknown) => unknown
type Client = new (config: object) => { send(command: unknown): Promise<object> }

function callOf(clients: Clients): Call {
  return async ({ client, operation, input }) => {
    const sdk = (await import(`@aws-sdk/client-${client}`)) as Record<string, unknown>
    const name = Object.keys(sdk).find((key) => key.endsWith('Client') && !key.startsWith('__')) ?? ''
    const caller = clients(sdk[name] as Client)
    return (await caller.send(new (sdk[`${operation}Command`] as Command)(input))) as Record<string, unknown>
  }
}

type Kind = [kind: string, resourceType: string, id: string]

/** The recorded resource that each kind of the estate is cloned from. */
function chosen(
  { network, identity, compute, data }: Created,
  free: Awaited<ReturnType<typeof createFree>>,
  found: Found,
): Kind[] {
  const one = (resourceType: string, fits: (resource: CollectedResource) => boolean) =>
    required(found.get(resourceType)?.find(fits), resourceType).resourceId
  const vpc = one('AWS::EC2::VPC', ({ properties }) => properties['IsDefault'] === true)
  const inDefaultVpc = ({ properties }: CollectedResource) => properties['VpcId'] === vpc
  const rootVolume = one(
    'AWS::EC2::Volume',
    ({ resourceId }) => ![compute.volumeId, free.volumeId].includes(resourceId),
  )
  return [
    ['default-vpc', 'AWS::EC2::VPC', vpc],
    ['default-subnet', 'AWS::EC2::Subnet', one('AWS::EC2::Subnet', inDefaultVpc)],
    ['default-security-group', 'AWS::EC2::SecurityGroup', one('AWS::EC2::SecurityGroup', inDefaultVpc)],
    ['main-route-table', 'AWS::EC2::RouteTable', one('AWS::EC2::RouteTable', inDefaultVpc)],
    ['vpc', 'AWS::EC2::VPC', network.vpcId],
    ['subnet', 'AWS::EC2::Subnet', network.subnetId],
    ['security-group', 'AWS::EC2::SecurityGroup', network.databaseGroupId],
    ['route-table', 'AWS::EC2::RouteTable', network.routeTableId],
    ['nat-gateway', 'AWS::EC2::NatGateway', network.natGatewayId],
    ['nat-address', 'AWS::EC2::EIP', network.natAllocationId],
    ['nat-interface', 'AWS::EC2::NetworkInterface', network.natInterfaceId],
    ['free-address', 'AWS::EC2::EIP', free.allocationId],
    ['instance', 'AWS::EC2::Instance', compute.instanceId],
    ['root-volume', 'AWS::EC2::Volume', rootVolume],
    ['data-volume', 'AWS::EC2::Volume', compute.volumeId],
    ['instance-interface', 'AWS::EC2::NetworkInterface', compute.addressInterfaceId],
    ['instance-address', 'AWS::EC2::EIP', compute.allocationId],
    ['free-volume', 'AWS::EC2::Volume', free.volumeId],
    ['snapshot', 'AWS::EC2::Snapshot', compute.snapshotId],
    ['free-interface', 'AWS::EC2::NetworkInterface', network.networkInterfaceId],
    ['load-balancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 'orders-alb'],
    ['db-instance', 'AWS::RDS::DBInstance', 'orders-database'],
    ['table', 'AWS::DynamoDB::Table', 'orders'],
    ['function', 'AWS::Lambda::Function', 'orders-import'],
    ['log-group', 'AWS::Logs::LogGroup', '/orders/web'],
    ['queue', 'AWS::SQS::Queue', 'orders'],
    ['dead-letter-queue', 'AWS::SQS::Queue', 'orders-dead'],
    ['managed-policy', 'AWS::IAM::ManagedPolicy', identity.policyArn.split('/').at(-1) ?? ''],
    ['role', 'AWS::IAM::Role', identity.roleArn.split('/').at(-1) ?? ''],
    ['user', 'AWS::IAM::User', identity.userArn.split('/').at(-1) ?? ''],
    ['bucket', 'AWS::S3::Bucket', data.bucketName],
  ]
}

interface Recorded {
  created: Created
  kinds: readonly Kind[]
  found: Found
  answers: readonly RecordedAnswer[]
}

function templateOf(
  kind: string,
  resourceType: string,
  id: string,
  { created, kinds, found, answers }: Recorded,
): Template {
  const type = required(findResourceType(resourceType), resourceType)
  const list = required(
    listOperations.find((one) => one.resourceType === resourceType),
    resourceType,
  )
  const resource = required(
    found.get(resourceType)?.find((one) => one.resourceId === id),
    `${kind} ${id}`,
  )
  const named = new RegExp(`(?<![\\w-])${id}(?![\\w-])`)
  const items = answers
    .filter(({ operation }) => operation === type.list.operation)
    .flatMap(({ body }) => listItems(withoutIndentation(body), list.container))
  const hide = withPlaceholders(created, kinds, resource)
  const about = answers.filter(
    ({ service, operation, input }) =>
      service === list.service && operation !== type.list.operation && named.test(decodeURIComponent(input)),
  )
  const alone = about.map((answer) => [answer.operation, answerOf(answer, hide)] as const)
  const item = required(
    items.find((text) => isAbout(text, type, id)),
    `${kind} in its list`,
  )
  return {
    kind,
    resourceType,
    item: hide(item),
    answers: Object.fromEntries(alone),
    described: describedOf(resource, hide),
  }
}

/** Whether an item of a list is the resource, rather than one that mentions it. */
function isAbout(item: string, type: ResourceTypeDefinition, id: string): boolean {
  if (item.startsWith('"')) return item.endsWith(`/${id}"`) || item === `"${id}"`
  const field = type.id.replace(/^./, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
  return new RegExp(`<${field}>${id}</|"${field}":"${id}"`).test(
    item.replace(/<attachmentSet>.*?<\/attachmentSet>/, ''),
  )
}

function answerOf({ status, headers, body }: RecordedAnswer, hide: (text: string) => string) {
  return {
    status,
    headers,
    body: hide(body.startsWith('<') ? withoutIndentation(body) : JSON.stringify(JSON.parse(body))),
  }
}

function describedOf(resource: CollectedResource, hide: (text: string) => string): Described {
  const { resourceId, arn, name, state, region, tags, createdAt, properties, relationships } = resource
  const all = { resourceId, arn, name, state, region, tags, createdAt, properties, relationships }
  return JSON.parse(hide(JSON.stringify(all))) as Described
}

async function writeTemplate(template: Template): Promise<void> {
  const text = JSON.stringify(Template.parse(template), null, 2)
  await writeFile(join(templateDirectory, `${template.kind}.json`), `${text}\n`)
}
