import { and, eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NeedsYou, Overview } from '@dashboard/contract/overview.ts'
import { accountEvent, awsAccount, scope } from '@dashboard/server/db/schema.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { accountIds, seedEstate } from './resources/seeded-estate.ts'

let product: Product

/** Nobody listens there: AWS is away. */
const away = { endpoint: 'http://127.0.0.1:9' }

beforeAll(async () => {
  product = await startProduct(away)
})

afterAll(async () => {
  await product?.close()
})

const overview = async (): Promise<Overview> => (await product.call<Overview>('GET', '/overview')).body
const steps = async () => Object.fromEntries((await overview()).checklist.map(({ step, done }) => [step, done]))
const needs = async (kind: NeedsYou['kind']) => (await overview()).needsYou.filter((need) => need.kind === kind)
const database = () => product.core.database.db

describe('The checklist of a new installation', () => {
  test('has everything before it in order, and says what is missing', async () => {
    const { checklist, changesByDay } = await overview()
    expect(checklist.map(({ step }) => step)).toEqual([
      'IDENTITY',
      'ACCOUNT',
      'VALIDATED',
      'DISCOVERED',
      'ORGANIZATION',
    ])
    expect(checklist.map(({ done }) => done)).toEqual([false, false, false, false, false])
    expect(checklist[0]?.detail).toMatch(/identity|AWS/)
    expect(changesByDay.every(({ created, changed, deleted }) => created + changed + deleted === 0)).toBe(true)
  })

  test('is done once accounts are reached by our identity, discovered, and read as an organization', async () => {
    await seedEstate(product, 20)
    await database().update(awsAccount).set({ status: 'inactive' })
    await database().update(scope).set({ lastComplete: null })
    const waiting = { IDENTITY: false, ACCOUNT: true, VALIDATED: false, DISCOVERED: false, ORGANIZATION: true }
    expect(await steps()).toEqual(waiting)
    await database().update(awsAccount).set({ status: 'active' }).where(eq(awsAccount.accountId, accountIds[0]))
    expect(await steps()).toEqual({ ...waiting, IDENTITY: true, VALIDATED: true })
    expect((await overview()).checklist.find(({ step }) => step === 'VALIDATED')?.detail).toBe('1 of 3 accounts')
    await database().update(scope).set({ lastComplete: new Date() })
    expect(await steps()).toEqual({ ...waiting, IDENTITY: true, VALIDATED: true, DISCOVERED: true })
  })

  test('does not take an account with a key of its own for an identity of ours', async () => {
    await database().update(awsAccount).set({ credentialType: 'access_key' })
    expect(await steps()).toMatchObject({ IDENTITY: false, VALIDATED: true })
  })
})

describe('A lost permission needs somebody', () => {
  const denied = (action: string, allowed = false) => ({
    action,
    region: 'eu-west-1',
    allowed,
    probedAt: new Date().toISOString(),
  })
  let connectionId: string

  beforeAll(async () => {
    const [row] = await database().select().from(awsAccount).where(eq(awsAccount.accountId, accountIds[0]))
    connectionId = row?.id ?? ''
    await database()
      .insert(accountEvent)
      .values({
        id: uuidv7(),
        connectionId,
        at: new Date(Date.now() - 2 * 86_400_000),
        kind: 'PERMISSIONS_LOST',
        actor: 'system',
        permissions: ['ec2:DescribeVolumes in eu-west-1', 'sqs:ListQueues in eu-west-1'],
      })
  })

  const set = (values: Partial<typeof awsAccount.$inferInsert>) =>
    database().update(awsAccount).set(values).where(eq(awsAccount.id, connectionId))

  test('as long as it is denied', async () => {
    await set({ permissions: [denied('ec2:DescribeVolumes'), denied('sqs:ListQueues'), denied('s3:ListAllMyBuckets')] })
    expect(await needs('PERMISSIONS_LOST')).toMatchObject([
      {
        title: 'Account 0 no longer allows 2 calls',
        detail: 'ec2:DescribeVolumes in eu-west-1, sqs:ListQueues in eu-west-1',
        accountId: accountIds[0],
        connectionId,
      },
    ])
    await set({ permissions: [denied('ec2:DescribeVolumes', true), denied('sqs:ListQueues')] })
    expect(await needs('PERMISSIONS_LOST')).toMatchObject([{ title: 'Account 0 no longer allows 1 call' }])
    await set({ permissions: [denied('ec2:DescribeVolumes', true), denied('sqs:ListQueues', true)] })
    expect(await needs('PERMISSIONS_LOST')).toEqual([])
  })

  test('not in an account that is not used, nor when it is an old story', async () => {
    await set({ permissions: [denied('ec2:DescribeVolumes')] })
    expect(await needs('PERMISSIONS_LOST')).toHaveLength(1)
    await set({ status: 'inactive' })
    expect(await needs('PERMISSIONS_LOST')).toEqual([])
    await set({ status: 'active' })
    await database()
      .update(accountEvent)
      .set({ at: new Date(Date.now() - 8 * 86_400_000) })
    expect(await needs('PERMISSIONS_LOST')).toEqual([])
  })
})

test('what vanished at once is told by the name of its type, with the scope that waits', async () => {
  const [held] = await database()
    .update(scope)
    .set({ heldSince: new Date(), heldMissing: 9, live: 10 })
    .where(and(eq(scope.resourceType, 'AWS::EC2::Volume'), eq(scope.region, 'eu-west-1')))
    .returning({ id: scope.id })
  const [need] = (await needs('SCOPE_HELD')).filter(({ scopeId }) => scopeId === held?.id)
  expect(need?.title).toMatch(/^Account \d, eu-west-1, EBS volume: 9 of 10 vanished at once$/)
})
