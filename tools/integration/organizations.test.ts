import { CloseAccountCommand } from '@aws-sdk/client-organizations'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type {
  JoinOutcome,
  Organization,
  OrganizationAccount,
  OrganizationalUnit,
  OrganizationOnboarding,
} from '@dashboard/contract/organizations.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { refreshDueOrganizations } from '@dashboard/server/organizations/refresh.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole } from '../testing/connect.ts'
import { createOrganization, type TestOrganization } from '../testing/organization.ts'
import { type Product, startProduct } from '../testing/product.ts'

const management = '100000000001'
const production = ['200000000001', '200000000002', '200000000003']
const later = '200000000004'
const stray = '200000000005'
const many = Array.from({ length: 7 }, (_, index) => `30000000000${index}`)
const lonely = '900000000009'
const regions = ['eu-west-1', 'us-east-1']

let aws: TestAws
let product: Product
let organization: TestOrganization
let units: { workloads: string; prod: string; sandbox: string; leaving: string }
let reader: AWSAccount
let id: string

interface Problem {
  code: string
  fix?: Fix
  issues?: { path: string }[]
}
const call = async <Body>(method: string, path: string, body?: unknown) =>
  product.call<Body & Problem>(method, `/aws/organizations${path}`, body)
const membersOf = async (query = ''): Promise<OrganizationAccount[]> =>
  (await call<{ items: OrganizationAccount[] }>('GET', `/${id}/accounts?maxResults=200${query}`)).body.items
const accountOf = async (accountId: string): Promise<AWSAccount> => {
  const { body } = await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts?maxResults=200')
  const found = body.items.find((account) => account.accountId === accountId)
  if (found === undefined) throw new Error(`${accountId} is not connected`)
  return found
}
const eventually = async <Value>(read: () => Promise<Value>, is: (value: Value) => boolean): Promise<Value> => {
  const end = Date.now() + 30_000
  for (;;) {
    const value = await read()
    if (is(value) || Date.now() > end) return value
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
const refresh = () => call<Organization>('POST', `/${id}/refresh`)
/** What a worker does hourly. */
const becomeDue = async (): Promise<void> => {
  const { db, pool } = product.core.database
  await pool.query('update organization set next_due = now()')
  const { broker, gates } = product.core
  const log = { warn: () => undefined } as never
  await refreshDueOrganizations({ db, send: product.core.pool.send, gates, broker, log })
}

beforeAll(async () => {
  aws = await startAws([management, ...production, later, stray, ...many, lonely])
  const identity = await aws.createUser(management, 'dashboard')
  organization = await createOrganization(aws, management)
  const workloads = await organization.unit('Workloads')
  units = {
    workloads,
    prod: await organization.unit('Prod', workloads),
    sandbox: await organization.unit('Sandbox'),
    leaving: await organization.unit('Leaving'),
  }
  for (const [index, accountId] of production.entries())
    await organization.member(accountId, `payments-${index + 1}`, units.prod)
  for (const accountId of many) await organization.member(accountId, `many ${accountId}`, units.leaving)
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  reader = await connectByRole(product, aws, { accountId: management, name: 'management', regions })
  const { body } = await call<Organization>('POST', '', { connectionId: reader.id })
  id = body.id
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

afterEach(() => aws.gateway.setFaults({}))

describe('Reading an organization', () => {
  test('every unit and every account is there, with the environment its unit tells', async () => {
    const { body } = await call<Organization & { units: OrganizationalUnit[] }>('GET', `/${id}`)
    expect(body).toMatchObject({
      managementAccountId: management,
      connectionName: 'management',
      accounts: { total: 11, active: 11, connected: 1 },
      reason: null,
    })
    expect(body.units.map(({ path, environment, accounts }) => ({ path, environment, accounts }))).toEqual([
      { path: 'Root', environment: null, accounts: 1 },
      { path: 'Root/Leaving', environment: null, accounts: 7 },
      { path: 'Root/Sandbox', environment: 'sandbox', accounts: 0 },
      { path: 'Root/Workloads', environment: null, accounts: 0 },
      { path: 'Root/Workloads/Prod', environment: 'production', accounts: 3 },
    ])
  })

  test('accounts are found by unit, by name and by whether they are connected, and page without gaps', async () => {
    expect((await membersOf(`&ouId=${units.workloads}`)).map((member) => member.accountId)).toEqual(production)
    expect(await membersOf('&text=PAYMENTS-2')).toMatchObject([{ accountId: production[1], connection: null }])
    expect(await membersOf('&connected=true')).toMatchObject([
      { accountId: management, connection: { id: reader.id, status: 'active' } },
    ])
    const found: string[] = []
    let token = ''
    do {
      const { body } = await call<{ items: OrganizationAccount[]; nextToken?: string }>(
        'GET',
        `/${id}/accounts?maxResults=3${token}`,
      )
      found.push(...body.items.map((member) => member.accountId))
      token = body.nextToken === undefined ? '' : `&nextToken=${body.nextToken}`
    } while (token !== '')
    expect(found.toSorted()).toEqual((await membersOf()).map((member) => member.accountId).toSorted())
  })

  test('an account outside any organization, one that is not active, and a second reader are told apart', async () => {
    const outside = await connectByRole(product, aws, { accountId: lonely, name: 'lonely', regions })
    expect((await call('POST', '', { connectionId: outside.id })).body).toMatchObject({
      code: 'ORGANIZATION_NOT_IN_USE',
    })
    expect((await call('POST', '', { connectionId: reader.id })).body.code).toBe('ORGANIZATION_EXISTS')
    const { body: fresh } = await product.call<AWSAccount>('POST', '/aws/accounts', {
      credentialType: 'iam_role',
      name: 'stray',
      accountId: stray,
      regions,
    })
    expect((await call('POST', '', { connectionId: fresh.id })).body.code).toBe('ACCOUNT_NOT_ACTIVE')
    for (const account of [outside, fresh]) await product.call('DELETE', `/aws/accounts/${account.id}`)
  })

  test('a denied page keeps the last complete reading and names the actions to allow', async () => {
    aws.gateway.setFaults({
      denials: [{ accountId: management, actions: ['organizations:ListAccountsForParent'], reason: 'identity-policy' }],
    })
    const before = await membersOf()
    const { status, body } = await refresh()
    expect(status).toBe(422)
    expect(body).toMatchObject({
      code: 'AWS_ACCESS_DENIED',
      fix: { missingActions: expect.arrayContaining(['organizations:ListAccountsForParent']) },
    })
    const { body: kept } = await call<Organization>('GET', `/${id}`)
    expect(kept).toMatchObject({
      reason: 'organizations:ListAccountsForParent is denied.',
      fix: { statement: { Effect: 'Allow' } },
      accounts: { total: 11 },
    })
    expect(await membersOf()).toEqual(before)
    aws.gateway.setFaults({})
    expect((await refresh()).body).toMatchObject({ reason: null, fix: null })
  })
})

describe('Joining', () => {
  test('one StackSet, one Terraform configuration and one ExternalId serve all accounts', async () => {
    const { body } = await call<OrganizationOnboarding>('GET', `/${id}/onboarding?ouId=${units.prod}`)
    const { body: known } = await call<Organization>('GET', `/${id}`)
    expect(body.externalId).toBe(known.externalId)
    for (const artefact of [body.stackSetTemplate, body.stackSetCli, body.terraform])
      expect(artefact).toContain(known.externalId)
    expect(body.stackSetCli).toContain(`OrganizationalUnitIds=${units.prod}`)
    expect(body.stackSetCli).toContain('--permission-model SERVICE_MANAGED')
    expect(body.stackSetCli).not.toContain('DELEGATED_ADMIN')
    expect(body.terraform).toContain(JSON.stringify([units.prod]))
  })

  test('a unit joins in one go, each account is validated by itself, and asked again nothing happens twice', async () => {
    const { body: onboarding } = await call<OrganizationOnboarding>('GET', `/${id}/onboarding?ouId=${units.prod}`)
    for (const accountId of production) await aws.putRole(accountId, onboarding.roleName, onboarding.trustPolicy)
    const input = { ouIds: [units.workloads], accountIds: [production[0], lonely], regions }
    const first = await call<{ items: JoinOutcome[]; added: number }>('POST', `/${id}/join`, input)
    expect(first.body).toMatchObject({ added: 3 })
    expect(first.body.items.map(({ accountId, outcome }) => [accountId, outcome])).toEqual([
      ...production.map((accountId) => [accountId, 'ADDED']),
      [lonely, 'NOT_A_MEMBER'],
    ])
    const second = await call<{ items: JoinOutcome[]; added: number }>('POST', `/${id}/join`, input)
    expect(second.body.added).toBe(0)
    expect(second.body.items.filter(({ outcome }) => outcome === 'ALREADY_CONNECTED')).toHaveLength(3)
    for (const accountId of production) {
      const account = await eventually(
        () => accountOf(accountId),
        ({ phase }) => phase === 'CONNECTED',
      )
      expect(account).toMatchObject({
        phase: 'CONNECTED',
        exposed: false,
        environment: 'production',
        environmentSource: 'ou',
        organization: { ouPath: 'Root/Workloads/Prod' },
      })
    }
    const ids = new Set(
      (await Promise.all(production.map((accountId) => accountOf(accountId)))).map((one) => one.externalId),
    )
    expect(ids.size).toBe(1)
  })

  test('an account that moves to another unit changes its environment', async () => {
    const [accountId = ''] = production
    await organization.move(accountId, units.sandbox)
    await refresh()
    expect(await accountOf(accountId)).toMatchObject({ environment: 'sandbox', environmentSource: 'ou' })
    await organization.move(accountId, units.prod)
    await refresh()
    expect(await accountOf(accountId)).toMatchObject({ environment: 'production' })
  })

  test('OrganizationAccountAccessRole connects as exposed, with the trust policy that closes it', async () => {
    const [accountId = ''] = many
    const { body } = await call<{ added: number }>('POST', `/${id}/join`, {
      accountIds: [accountId],
      roleName: 'OrganizationAccountAccessRole',
      regions,
    })
    expect(body.added).toBe(1)
    const account = await eventually(
      () => accountOf(accountId),
      ({ status }) => status === 'active',
    )
    expect(account).toMatchObject({ status: 'active', phase: 'DEGRADED', exposed: true })
    expect(account.fix?.statement?.Condition).toMatchObject({ StringEquals: { 'sts:ExternalId': account.externalId } })
  })

  test.each([
    ['no account and no unit', { regions }, 'accountIds'],
    ['a region twice', { accountIds: [stray], regions: ['eu-west-1', 'eu-west-1'] }, 'regions'],
    ['a region of another partition', { accountIds: [stray], regions: ['cn-north-1'] }, 'regions'],
    ['a unit of another organization', { ouIds: ['ou-zzzz-zzzzzzzz'], regions }, 'ouIds.0'],
  ])('with %s nothing is connected', async (_case, input, path) => {
    const { status, body } = await call('POST', `/${id}/join`, input)
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
  })
})

describe('Enrolment', () => {
  test('a new account of an enrolled unit connects by itself; one that was there before does not', async () => {
    const input = { enabled: true, ouIds: [organization.rootId], roleName: 'AwsIntegrationDashboard', regions }
    expect((await call<Organization>('PUT', `/${id}/enrolment`, input)).body.enrolment).toEqual(input)
    await organization.member(later, 'later', units.sandbox)
    await becomeDue()
    expect(await accountOf(later)).toMatchObject({ environment: 'sandbox' })
    const history = await product.call<{ items: { kind: string; actor: string }[] }>(
      'GET',
      `/aws/accounts/${(await accountOf(later)).id}/history`,
    )
    expect(history.body.items.map(({ kind }) => kind)).toContain('ENROLLED')
    const unconnected = await membersOf('&connected=false')
    expect(unconnected.map((member) => member.accountId)).toEqual(many.slice(1))
  })

  test('a closed account retires and nothing is called in it; whoever removed a connection does not get it back', async () => {
    const [, , closed = ''] = production
    await organization.client.send(new CloseAccountCommand({ AccountId: closed }))
    await product.call('DELETE', `/aws/accounts/${(await accountOf(later)).id}`)
    await becomeDue()
    expect(await accountOf(closed)).toMatchObject({ status: 'inactive', phase: 'RETIRED', nextValidation: null })
    expect((await membersOf('&text=later'))[0]?.connection).toBeNull()
    const { body } = await call<{ items: JoinOutcome[] }>('POST', `/${id}/join`, { accountIds: [later], regions })
    expect(body.items).toMatchObject([{ outcome: 'ADDED' }])
  })

  test('so many accounts that leave at once are held until a person reads the organization again', async () => {
    await call('POST', `/${id}/join`, { accountIds: many, regions })
    for (const accountId of many) await organization.client.send(new CloseAccountCommand({ AccountId: accountId }))
    await becomeDue()
    const phases = async () =>
      (await Promise.all(many.map((accountId) => accountOf(accountId)))).filter(({ phase }) => phase === 'RETIRED')
        .length
    expect(await phases()).toBe(0)
    expect((await call<Organization>('GET', `/${id}`)).body.reason).toContain('7 of')
    await becomeDue()
    expect(await phases()).toBe(0)
    expect((await refresh()).body.reason).toBeNull()
    expect(await phases()).toBe(7)
  })

  test('an organization that is no longer read leaves its connections as they are', async () => {
    const before = await accountOf(production[0] ?? '')
    expect((await call('DELETE', `/${id}`)).status).toBe(204)
    expect((await call('GET', `/${id}`)).status).toBe(404)
    expect(await accountOf(production[0] ?? '')).toMatchObject({
      id: before.id,
      phase: before.phase,
      organization: null,
    })
  })
})
