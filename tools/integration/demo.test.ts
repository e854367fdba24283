import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { Organization, OrganizationAccount } from '@dashboard/contract/organizations.ts'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { AWSResource, ResourceSummary } from '@dashboard/contract/resources.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { createJobs } from '@dashboard/server/jobs/jobs.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { python } from '../aws-gateway/gateway-for-tests.ts'
import { type Gateway, startGateway } from '../aws-gateway/gateway.ts'
import { required } from '../aws-gateway/required.ts'
import { discoverAsOf, workOff } from '../demo/discover-as-of.ts'
import { liveThroughHistory } from '../demo/history.ts'
import { demoAccounts, unconnectedMember } from '../demo-organisation/accounts.ts'
import { daysBefore } from '../demo-organisation/aws/site.ts'
import { demoFaults } from '../demo-organisation/demo-faults.ts'
import { openDemoDataDir, readOperatorKeys } from '../demo-organisation/demo-secrets.ts'
import { type Product, startProduct } from '../testing/product.ts'

const patience = 400_000
const now = new Date()
const log = createLog({ level: 'error', process: 'demo' })
const said: string[] = []

let dataDir: string
let gateway: Gateway
let product: Product

const openGateway = async (port = 0): Promise<Gateway> =>
  startGateway({
    port,
    dataDir,
    python,
    operatorKeys: await readOperatorKeys(dataDir),
    faults: demoFaults,
    waitForReadyMs: 120_000,
    log: { info: () => undefined, warn: () => undefined, error: (variables, text) => console.error(text, variables) },
  })

const looking = () => ({ core: product.core, databaseUrl: product.database.url, log })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-demo-'))
  await openDemoDataDir(dataDir, { keep: false })
  gateway = await openGateway()
  await gateway.ready
  product = await startProduct({ endpoint: gateway.endpoint, env: { AWS_QUOTA_SHARE: '100', LOG_LEVEL: 'error' } })
  await liveThroughHistory({
    ...looking(),
    endpoint: gateway.endpoint,
    operatorKeys: await readOperatorKeys(dataDir),
    dataDir: product.dataDir,
    now,
    say: (line) => said.push(line),
  })
  const [asked] = (await createJobs({ db: product.core.database.db }).list({ maxResults: 1 })).items
  await workOff(looking(), required(asked, 'the discovery of today').id)
}, patience)
afterAll(async () => {
  await product?.close()
  await gateway?.close()
  await rm(dataDir, { recursive: true, force: true })
})

const get = async <Body>(path: string): Promise<Body> => {
  const { status, body } = await product.call<Body>('GET', path)
  expect(status, `${path}: ${JSON.stringify(body).slice(0, 300)}`).toBe(200)
  return body
}

/** The one resource of a name, with everything known about it. */
const named = async (resourceType: string, name: string, more = ''): Promise<AWSResource> => {
  const { items } = await get<{ items: ResourceSummary[] }>(
    `/resources?resourceType=${resourceType}&text=${encodeURIComponent(name)}${more}`,
  )
  const exact = items.filter((item) => item.name === name)
  expect(exact, `${resourceType} ${name}`).toHaveLength(1)
  return get<AWSResource>(`/resources/${required(exact[0], name).id}`)
}

const leadsTo = (from: AWSResource): string[] =>
  from.relationships
    .filter((one) => one.direction === 'out')
    .map((one) => `${one.kind} ${one.targetType} ${one.resource?.name ?? '(nobody)'}`)

/** Changes within twelve hours of a day of the story. */
const changesAt = async (daysAgo: number, change: 'CREATED' | 'CHANGED' | 'DELETED'): Promise<number> => {
  const [since, until] = [daysBefore(now, daysAgo + 0.5), daysBefore(new Date(), daysAgo - 0.5)]
  const query = `changedSince=${since.toISOString()}&changedUntil=${until.toISOString()}&change=${change}`
  return (await get<{ total: number }>(`/resources?maxResults=1&${query}`)).total
}

describe('The demo', () => {
  test('shows six accounts in four Regions, with more than 300 resources of more than 30 types', async () => {
    const overview = await get<Overview>('/overview')
    expect(overview.accounts).toMatchObject({ total: 6, active: 6 })
    expect(overview.regions).toBeGreaterThanOrEqual(4)
    expect(overview.resources).toBeGreaterThanOrEqual(300)
    expect(overview.resourceTypes).toBeGreaterThanOrEqual(30)
    expect(overview.relationships).toBeGreaterThan(overview.resources)
  })

  test('remembers what was created, changed and deleted at each look back', async () => {
    const rows = []
    for (const daysAgo of [90, 30, 8, 1, 0]) {
      const [created, changed, deleted] = [
        await changesAt(daysAgo, 'CREATED'),
        await changesAt(daysAgo, 'CHANGED'),
        await changesAt(daysAgo, 'DELETED'),
      ]
      rows.push({ asOf: daysBefore(now, daysAgo).toISOString().slice(0, 10), created, changed, deleted })
    }
    console.table(rows)
    expect(rows[0]?.created).toBeGreaterThan(300)
    for (const row of rows.slice(1))
      for (const kind of ['created', 'changed', 'deleted'] as const)
        expect(row[kind], `${kind} on ${row.asOf}`).toBeGreaterThan(0)
    expect(said.filter((line) => line.includes('discovering'))).toHaveLength(4)
  })

  test('tells an opened database port as the change it was, three weeks ago', async () => {
    const group = await named('AWS::EC2::SecurityGroup', 'vendor-import-db')
    const [opened] = group.versions
    expect(opened).toMatchObject({ kind: 'CHANGED', changes: [{ path: 'IpPermissions' }] })
    expect(JSON.stringify(opened?.changes[0]?.before)).toContain('203.0.113.0/24')
    for (const half of ['0.0.0.0/1', '128.0.0.0/1']) expect(JSON.stringify(opened?.changes[0]?.after)).toContain(half)
    const daysAgo = (now.getTime() - Date.parse(opened?.at ?? '')) / 86_400_000
    expect(Math.round(daysAgo)).toBe(8)
  })

  test('explains what it may not see, and what would mend it', async () => {
    const denied = await get<{ items: Scope[] }>('/scopes?status=ACCESS_DENIED&status=DENIED_BY_SCP')
    console.table(
      denied.items.map(({ accountName, region, resourceType, status, reason, fix }) => {
        return { accountName, region, resourceType, status, reason, fix: fix?.summary }
      }),
    )
    const of = (resourceType: string) => denied.items.find((one) => one.resourceType === resourceType)
    expect(of('AWS::KMS::Key')).toMatchObject({ accountName: 'harbor-legacy', region: 'eu-central-1' })
    expect(of('AWS::Lambda::Function')).toMatchObject({ accountName: 'sandbox', status: 'DENIED_BY_SCP' })
    expect(of('AWS::Logs::LogGroup')?.fix?.statement?.Action).toEqual(['logs:DescribeLogGroups'])
    for (const scope of denied.items) expect(scope.fix?.summary, scope.resourceType).toBeTruthy()
    const failed = await get<{ total: number }>('/scopes?status=FAILED&status=THROTTLED&status=PARTIAL&status=NEW')
    expect(failed.total).toBe(0)
  })

  test('leads from a name in DNS to the servers that answer', async () => {
    const record = await named('AWS::Route53::RecordSet', 'pay.northgate.example')
    expect(leadsTo(record)).toContain('routes-to AWS::CloudFront::Distribution pay.northgate.example')
    const distribution = await named('AWS::CloudFront::Distribution', 'pay.northgate.example')
    expect(leadsTo(distribution)).toContain('routes-to AWS::ElasticLoadBalancingV2::LoadBalancer checkout-alb')
    const service = await named('AWS::ECS::Service', 'checkout-web')
    expect(leadsTo(service)).toContain('uses AWS::ECS::TaskDefinition checkout-web:3')
    expect(leadsTo(service)).toContain('member-of AWS::EC2::SecurityGroup checkout-tasks')
    const targetGroup = await named('AWS::ElasticLoadBalancingV2::TargetGroup', 'checkout-alb-tg')
    expect(leadsTo(targetGroup)).toContain('routes-to AWS::ECS::Service checkout-web')
    const database = await named('AWS::RDS::DBInstance', 'checkout-orders')
    expect(leadsTo(database)).toContain('member-of AWS::EC2::SecurityGroup checkout-db')
  })

  test('shows the addresses that DNS still names: one unused, one given back', async () => {
    const unused = await named('AWS::Route53::RecordSet', 'vendor-vpn.northgate.example')
    expect(leadsTo(unused)).toContain('routes-to AWS::EC2::EIP vendor-import-vpn')
    expect((await named('AWS::EC2::EIP', 'vendor-import-vpn')).properties).not.toHaveProperty('AssociationId')
    const givenBack = await named('AWS::Route53::RecordSet', 'legacy-api.northgate.example')
    expect(leadsTo(givenBack)).toContain('routes-to AWS::EC2::EIP (nobody)')
  })

  test('holds what later is to be judged', async () => {
    const trust = JSON.stringify((await named('AWS::IAM::Role', 'github-deploy')).properties)
    expect(trust).toContain('repo:*')
    const deploy = JSON.stringify((await named('AWS::IAM::ManagedPolicy', 'payments-prod-deploy')).properties)
    expect(deploy).toContain('iam:PassRole')
    expect(deploy).toContain('lambda:*')
    expect(leadsTo(await named('AWS::IAM::Role', 'payments-prod-migration')).join()).toContain('IAM::ManagedPolicy')
    const bucket = await named('AWS::S3::Bucket', 'payments-prod-brand-assets')
    expect(bucket.properties).toMatchObject({ PolicyStatus: { IsPublic: true } })
    const key = JSON.stringify((await named('AWS::IAM::User', 'jenkins-deploy')).properties['AccessKeys'])
    expect(key).toContain(daysBefore(now, 210).toISOString().slice(0, 10))
    const machine = await named('AWS::EC2::Instance', 'gpu-box')
    expect(machine.properties['StateTransitionReason']).toContain(daysBefore(now, 95).toISOString().slice(0, 10))
    const mapping = await get<{ items: ResourceSummary[] }>('/resources?resourceType=AWS::Lambda::EventSourceMapping')
    expect(mapping.items.length).toBeGreaterThan(5)
  })

  test('knows its organization, and the member that nobody has connected', async () => {
    const [organization] = (await get<{ items: Organization[] }>('/aws/organizations')).items
    expect(organization).toMatchObject({ accounts: { total: 7, active: 7, connected: 6 }, reason: null })
    const path = `/aws/organizations/${organization?.id}/accounts`
    const unconnected = await get<{ items: OrganizationAccount[] }>(`${path}?connected=false`)
    expect(unconnected.items.map(({ accountId, ouPath }) => ({ accountId, ouPath }))).toEqual([
      { accountId: unconnectedMember, ouPath: 'Root/Workloads/Production' },
    ])
  })

  test(
    'is the same after a restart: the journal brings the organisation back, and a discovery finds nothing new',
    { timeout: patience },
    async () => {
      const before = await get<{ total: number }>('/resources?maxResults=1')
      await gateway.close()
      gateway = await openGateway(Number(new URL(gateway.endpoint).port))
      await gateway.ready
      const job: Job = await discoverAsOf(looking())
      expect(job).toMatchObject({ resourcesCreated: 0, resourcesChanged: 0, resourcesDeleted: 0 })
      expect(job.resourcesSeen).toBe(before.total)
      expect(Object.values(demoAccounts)).toEqual(expect.arrayContaining(job.accountIds))
    },
  )
})
