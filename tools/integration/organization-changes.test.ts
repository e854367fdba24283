import { CloseAccountCommand } from '@aws-sdk/client-organizations'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { JoinOutcome, Organization, OrganizationOnboarding } from '@dashboard/contract/organizations.ts'
import type { Send } from '@dashboard/server/aws/client-pool.ts'
import { refreshDueOrganizations } from '@dashboard/server/organizations/refresh.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { connectByRole } from '../testing/connect.ts'
import { createOrganization, type TestOrganization } from '../testing/organization.ts'
import { type Product, startProduct } from '../testing/product.ts'

const management = '100000000001'
const [leftOut, moving, pausedOne, revived] = ['200000000001', '200000000002', '200000000003', '200000000004'] as const
const regions = ['eu-west-1']

let aws: TestAws
let product: Product
let organization: TestOrganization
let units: { first: string; second: string; below: string }
let id: string

const call = async <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
  (await product.call<Body>(method, `/aws/organizations${path}`, body)).body
const find = async (accountId: string): Promise<AWSAccount | undefined> =>
  (await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts?maxResults=200')).body.items.find(
    (account) => account.accountId === accountId,
  )
const accountOf = async (accountId: string): Promise<AWSAccount> => {
  const found = await find(accountId)
  if (found === undefined) throw new Error(`${accountId} is not connected`)
  return found
}
const join = (accountIds: string[]) =>
  call<{ items: JoinOutcome[]; added: number }>('POST', `/${id}/join`, { accountIds, regions })

/** What a worker does hourly; `change` sees each call and its answer. */
const readHourly = async (change: (send: Send) => Send = (send) => send): Promise<void> => {
  const { database, broker, gates, pool } = product.core
  await database.pool.query('update organization set next_due = now()')
  const log = { warn: () => undefined } as never
  await refreshDueOrganizations({ db: database.db, send: change(pool.send), gates, broker, log })
}

beforeAll(async () => {
  aws = await startAws([management, leftOut, moving, pausedOne, revived])
  const identity = await aws.createUser(management, 'dashboard')
  organization = await createOrganization(aws, management)
  const first = await organization.unit('First')
  units = { first, second: await organization.unit('Second'), below: await organization.unit('Below', first) }
  await organization.member(leftOut, 'left-out', units.first)
  await organization.member(moving, 'moving', units.below)
  await organization.member(pausedOne, 'paused', units.second)
  await organization.member(revived, 'revived', units.second)
  product = await startProduct({ endpoint: aws.endpoint, identity })
  const reader = await connectByRole(product, aws, { accountId: management, name: 'management', regions })
  id = (await call<Organization>('POST', '', { connectionId: reader.id })).id
  const { trustPolicy, roleName } = await call<OrganizationOnboarding>('GET', `/${id}/onboarding`)
  for (const accountId of [moving, pausedOne, revived]) await aws.putRole(accountId, roleName, trustPolicy)
  await join([moving, pausedOne, revived])
})

afterAll(async () => {
  await product?.close()
  await aws?.close()
})

test('an account that was left out stays so when it moves from one enrolled unit to another', async () => {
  await call('PUT', `/${id}/enrolment`, { enabled: true, ouIds: [organization.rootId], regions })
  await organization.move(leftOut, units.second)
  await readHourly()
  expect(await find(leftOut)).toBeUndefined()
})

test('an account that moves while the organization is read, to a unit that was read before, has not left', async () => {
  let moved = false
  await readHourly((send) => async (request) => {
    if (!moved && request.operation === 'ListAccountsForParent' && request.input['ParentId'] === units.below) {
      moved = true
      await organization.move(moving, units.second)
    }
    return send(request)
  })
  expect(moved).toBe(true)
  expect(await accountOf(moving)).toMatchObject({ organization: { ouPath: 'Root/Second' } })
  expect((await accountOf(moving)).phase).not.toBe('RETIRED')
})

test('a page that slips while it is read shows a unit twice, and the reading is stored nevertheless', async () => {
  await readHourly((send) => async (request) => {
    const answer = await send(request)
    const listed = answer['OrganizationalUnits'] as unknown[] | undefined
    return listed === undefined ? answer : { ...answer, OrganizationalUnits: [...listed, ...listed] }
  })
  expect(await call<Organization>('GET', `/${id}`)).toMatchObject({ reason: null, accounts: { total: 5 } })
})

test('what our own database refuses is not told as an answer of AWS, nor with its statement', async () => {
  await readHourly((send) => async (request) => {
    const answer = await send(request)
    const listed = answer['Accounts'] as { Name: string }[] | undefined
    return listed === undefined
      ? answer
      : { ...answer, Accounts: listed.map((one) => ({ ...one, Name: `${one.Name}\u0000` })) }
  })
  expect(await call<Organization>('GET', `/${id}`)).toMatchObject({ reason: null, fix: null })
})

test('a paused connection stays paused when its account is closed: nobody but a person resumes it', async () => {
  const { id: connection } = await accountOf(pausedOne)
  await product.call('POST', `/aws/accounts/${connection}/pause`)
  await organization.client.send(new CloseAccountCommand({ AccountId: pausedOne }))
  await readHourly()
  expect((await accountOf(pausedOne)).phase).toBe('PAUSED')
})

test('who resumes a retired connection nevertheless does not have it retired again an hour later', async () => {
  const { id: connection } = await accountOf(revived)
  await organization.client.send(new CloseAccountCommand({ AccountId: revived }))
  await readHourly()
  expect((await accountOf(revived)).phase).toBe('RETIRED')
  await product.call('POST', `/aws/accounts/${connection}/resume`)
  await readHourly()
  expect((await accountOf(revived)).phase).toBe('PENDING')
})

test('a connection that is in another organization now has not emptied the one it read', async () => {
  await product.core.database.pool.query(`update organization set organization_id = 'o-formerly0'`)
  await readHourly()
  expect(await call<Organization>('GET', `/${id}`)).toMatchObject({
    organizationId: 'o-formerly0',
    reason: expect.stringContaining('not in o-formerly0 any more'),
    fix: { summary: expect.stringContaining('Remove o-formerly0 here') },
    accounts: { total: 5 },
  })
})
