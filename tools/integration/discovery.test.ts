import type { AWSResource, ResourceSummary } from '@dashboard/contract/resources.ts'
import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  SQSClient,
  TagQueueCommand,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole, discover } from '../testing/connect.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { createOneOfEach, differences, type Discovered, expectedFields } from './created-equals-discovered.ts'

const own = '100000000001'
const accountId = '200000000002'
const region = 'eu-west-1'

let aws: TestAws
let product: Product

interface Page {
  items: ResourceSummary[]
  nextToken?: string
  total: number
  coverage: Coverage
}

const listAll = async (query: string): Promise<ResourceSummary[]> => {
  const items: ResourceSummary[] = []
  let next: string | undefined
  do {
    const { body } = await product.call<Page>(
      'GET',
      `/resources?maxResults=50&${query}${next === undefined ? '' : `&nextToken=${next}`}`,
    )
    items.push(...body.items)
    next = body.nextToken
  } while (next !== undefined)
  return items
}

const getById = async (resourceType: string, resourceId: string): Promise<AWSResource | undefined> => {
  const found = (await listAll(`resourceType=${resourceType}`)).find((item) => item.resourceId === resourceId)
  return found === undefined ? undefined : (await product.call<AWSResource>('GET', `/resources/${found.id}`)).body
}

/** Without what other resources say of it. */
const ownWordsOf = (resource: AWSResource): Discovered => ({
  ...resource,
  relationships: resource.relationships.filter((relationship) => relationship.declaredBy === 'this'),
})

beforeAll(async () => {
  aws = await startAws([own, accountId])
  const identity = await aws.createUser(own, 'dashboard')
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

describe('What is discovered is what was created', () => {
  let expected: ReturnType<typeof expectedFields>
  let job: Job

  beforeAll(async () => {
    expected = expectedFields(
      await createOneOfEach((constructor) => aws.client(constructor, accountId, region), {
        partition: 'aws',
        accountId,
        region,
      }),
    )
    await connectByRole(product, aws, { accountId, name: 'orders', regions: [region] })
    job = await discover(product)
  })

  test('every scope is read completely', () => {
    expect(job.byStatus).toEqual({ SUCCEEDED: resourceTypes.length })
  })

  test.each(resourceTypes.map((type) => type.resourceType))('%s, field by field', async (resourceType) => {
    const created = expected.filter((resource) => resource.resourceType === resourceType)
    expect(created).not.toEqual([])
    for (const resource of created) {
      const discovered = await getById(resourceType, resource.resourceId)
      expect(differences(resource, discovered && ownWordsOf(discovered))).toEqual([])
    }
  })

  test('from a DNS name the way leads over CloudFront and the load balancer to the service and its database', async () => {
    const way = [
      'AWS::CloudFront::Distribution',
      'AWS::ElasticLoadBalancingV2::LoadBalancer',
      'AWS::ElasticLoadBalancingV2::TargetGroup',
      'AWS::ECS::Service',
      'AWS::ECS::TaskDefinition',
      'AWS::RDS::DBInstance',
    ]
    let [at] = (await listAll('resourceType=AWS::Route53::RecordSet&text=www.')).map(({ id }) => id)
    for (const resourceType of way) {
      const { body } = await product.call<AWSResource>('GET', `/resources/${at}`)
      const next = body.relationships.find(
        ({ direction, targetType, resource }) =>
          direction === 'out' && resource !== null && (resource.resourceType ?? targetType) === resourceType,
      )
      expect(next?.resource, `from ${body.resourceType} ${body.name} to a ${resourceType}`).toBeTruthy()
      at = next?.resource?.id
    }
  })

  test('a second discovery of an unchanged account touches no row', async () => {
    const before = await product.core.database.pool.query(
      "select string_agg(id || ':' || xmin::text, ',' order by id) as rows from resource",
    )
    const job = await discover(product)
    const after = await product.core.database.pool.query(
      "select string_agg(id || ':' || xmin::text, ',' order by id) as rows from resource",
    )
    expect({ created: job.resourcesCreated, changed: job.resourcesChanged, deleted: job.resourcesDeleted }).toEqual({
      created: 0,
      changed: 0,
      deleted: 0,
    })
    expect(after.rows).toEqual(before.rows)
  })

  test('pages of every size list each resource once, in every order', async () => {
    const all = await listAll('')
    for (const sort of ['name', 'resourceType', 'region', 'state', 'lastUpdated', 'createdAt']) {
      for (const order of ['asc', 'desc']) {
        const ids = (await listAll(`sort=${sort}&order=${order}`)).map((item) => item.id)
        expect(ids.toSorted()).toEqual(all.map((item) => item.id).toSorted())
      }
    }
  })

  test('filters by service, tag, text and state find what they name', async () => {
    const queues = await listAll('service=sqs')
    expect(queues.length).toBeGreaterThan(0)
    expect(queues.every((item) => item.resourceType === 'AWS::SQS::Queue')).toBe(true)
    const tagged = await listAll('tag=team=orders')
    expect(tagged.length).toBeGreaterThan(5)
    expect(tagged.every((item) => item.tags['team'] === 'orders')).toBe(true)
    const [queue] = queues
    expect((await listAll(`text=${queue?.name.toUpperCase()}`)).map((item) => item.id)).toContain(queue?.id)
    expect(await listAll('text=%25')).toEqual([])
    expect(await listAll('state=no-such-state')).toEqual([])
  })
})

describe('Changes', () => {
  const sqs = () => aws.client(SQSClient, accountId, region)

  test('a changed tag becomes a version with the field before and after', async () => {
    await sqs().send(new CreateQueueCommand({ QueueName: 'changing', tags: { team: 'a' } }))
    await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    const { QueueUrl } = await sqs().send(new GetQueueUrlCommand({ QueueName: 'changing' }))
    await sqs().send(new TagQueueCommand({ QueueUrl, Tags: { team: 'b' } }))
    const job = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(job.resourcesChanged).toBe(1)
    const [found] = await listAll('text=changing')
    const { body } = await product.call<AWSResource>('GET', `/resources/${found?.id}`)
    expect(body.tags).toEqual({ team: 'b' })
    expect(body.versions.map((version) => version.kind)).toEqual(['CHANGED', 'CREATED'])
    expect(body.versions[0]?.changes).toContainEqual({ path: 'Tags.team', before: 'a', after: 'b' })
  })

  test('a deleted resource goes after the second complete list without it, never after the first', async () => {
    const { QueueUrl } = await sqs().send(new GetQueueUrlCommand({ QueueName: 'changing' }))
    await sqs().send(new DeleteQueueCommand({ QueueUrl }))
    const first = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(first.resourcesDeleted).toBe(0)
    expect(await listAll('text=changing')).toHaveLength(1)
    const second = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(second.resourcesDeleted).toBe(1)
    expect(await listAll('text=changing')).toHaveLength(0)
  })

  test('a denied list deletes nothing, says which action is missing, and heals when access is back', async () => {
    const before = (await listAll('service=sqs')).length
    aws.gateway.setFaults({ denials: [{ actions: ['sqs:ListQueues'], region, reason: 'identity-policy' }] })
    const denied = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(denied.byStatus).toEqual({ ACCESS_DENIED: 1 })
    await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(await listAll('service=sqs')).toHaveLength(before)
    const { body: scopes } = await product.call<{ items: JobScope[] }>('GET', `/jobs/${denied.id}/scopes`)
    expect(scopes.items[0]).toMatchObject({
      status: 'ACCESS_DENIED',
      fix: { missingActions: ['sqs:ListQueues'], statement: { Effect: 'Allow', Action: ['sqs:ListQueues'] } },
    })
    const { body: page } = await product.call<Page>('GET', '/resources?service=sqs')
    expect(page.coverage.gaps).toMatchObject([{ accountId, status: 'ACCESS_DENIED', scopes: 1 }])
    aws.gateway.setFaults({})
    expect((await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })).byStatus).toEqual({ SUCCEEDED: 1 })
    expect(await listAll('service=sqs')).toHaveLength(before)
  })

  test('when much vanishes at once nothing is deleted until a person confirms it, and what comes back settles it', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `mass-${index}`)
    const only = { resourceTypes: ['AWS::SQS::Queue'] }
    const create = () => Promise.all(names.map((QueueName) => sqs().send(new CreateQueueCommand({ QueueName }))))
    const remove = () =>
      Promise.all(
        names.map(async (QueueName) => {
          const { QueueUrl } = await sqs().send(new GetQueueUrlCommand({ QueueName }))
          await sqs().send(new DeleteQueueCommand({ QueueUrl }))
        }),
      )
    const held = async () => (await product.call<{ items: Scope[] }>('GET', '/scopes?held=true')).body.items
    await create()
    await discover(product, only)
    await remove()
    for (let scan = 0; scan < 3; scan += 1) expect((await discover(product, only)).resourcesDeleted).toBe(0)
    expect(await listAll('text=mass-')).toHaveLength(30)
    expect(await held()).toMatchObject([{ resourceType: 'AWS::SQS::Queue', held: { missing: 30 } }])
    const { body: overview } = await product.call<{ needsYou: { kind: string }[] }>('GET', '/overview')
    expect(overview.needsYou.map((need) => need.kind)).toContain('SCOPE_HELD')

    await create()
    await discover(product, only)
    expect(await held()).toEqual([])
    expect(await listAll('text=mass-')).toHaveLength(30)

    await remove()
    await discover(product, only)
    await discover(product, only)
    const [scope] = await held()
    expect((await product.call('POST', `/scopes/${scope?.id}/confirm-disappearance`)).status).toBe(200)
    await expect.poll(() => listAll('text=mass-'), { timeout: 10_000 }).toEqual([])
    expect(await held()).toEqual([])
    expect((await product.call('POST', `/scopes/${scope?.id}/confirm-disappearance`)).body).toMatchObject({
      code: 'NOTHING_TO_CONFIRM',
    })
  })

  test('a denied detail marks the scope partial and keeps the values it knew', async () => {
    const tagged = (await listAll('service=sqs&tag=team')).map((item) => item.id)
    aws.gateway.setFaults({ denials: [{ actions: ['sqs:ListQueueTags'], reason: 'identity-policy' }] })
    const job = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(job.byStatus).toEqual({ PARTIAL: 1 })
    expect((await listAll('service=sqs&tag=team')).map((item) => item.id)).toEqual(tagged)
    aws.gateway.setFaults({})
    expect((await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })).byStatus).toEqual({ SUCCEEDED: 1 })
  })

  test('a service control policy is told apart from a missing permission', async () => {
    aws.gateway.setFaults({ denials: [{ actions: ['sqs:*'], reason: 'service-control-policy' }] })
    expect((await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })).byStatus).toEqual({ DENIED_BY_SCP: 1 })
    aws.gateway.setFaults({})
  })

  test('lasting throttling is told apart from denial and from failure', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'throttle', actions: ['sqs:ListQueues'] }] })
    const job = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    expect(job.byStatus).toEqual({ THROTTLED: 1 })
    const { body } = await product.call<{ items: JobScope[] }>('GET', `/jobs/${job.id}/scopes`)
    expect(body.items[0]?.throttles).toBeGreaterThan(1)
    aws.gateway.setFaults({})
  })

  test('passing throttling and server errors are retried and cost nothing', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'throttle', actions: ['sqs:*'], probability: 0.3 }] })
    const before = (await listAll('service=sqs')).length
    const job = await discover(product, { resourceTypes: ['AWS::SQS::Queue'] })
    aws.gateway.setFaults({})
    expect(job.resourcesDeleted).toBe(0)
    expect(await listAll('service=sqs')).toHaveLength(before)
  })

  test('a cancelled job stops waiting, and the ledger stays whole', async () => {
    aws.gateway.setFaults({ disturbances: [{ kind: 'latency', actions: ['*'], milliseconds: 300 }] })
    const { body: started } = await product.call<{ jobId: string }>('POST', '/resources/discover', {})
    const { body: cancelled } = await product.call<{ status: string }>('POST', `/jobs/${started.jobId}/cancel`)
    expect(cancelled.status).toBe('cancelled')
    expect((await product.call('POST', `/jobs/${started.jobId}/cancel`)).body).toMatchObject({
      code: 'JOB_NOT_RUNNING',
    })
    aws.gateway.setFaults({})
    expect((await discover(product)).byStatus).toEqual({ SUCCEEDED: resourceTypes.length })
  })
})
