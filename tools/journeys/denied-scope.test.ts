import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAws, type TestAws } from '../testing/aws.ts'
import { openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { connectByRole, discover } from '../testing/connect.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const region = 'eu-west-1'
const queue = 'AWS::SQS::Queue'

let aws: TestAws
let product: Product
let browser: Browser
let watched: Watched

const queues = async () =>
  (await product.call<{ items: ResourceSummary[] }>('GET', '/resources?service=sqs')).body.items

beforeAll(async () => {
  aws = await startAws([own, orders])
  const identity = await aws.createUser(own, 'dashboard')
  const sqs = aws.client(SQSClient, orders, region)
  for (const QueueName of ['incoming', 'failed']) await sqs.send(new CreateQueueCommand({ QueueName }))
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  await connectByRole(product, aws, { accountId: orders, name: 'orders', regions: [region, 'us-east-1'] })
  await discover(product)
  browser = await startBrowser()
  watched = await openPage(browser, product.url)
  const { page } = watched
  await page.goto(product.url)
  await page.getByLabel('Email').fill(adminEmail)
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
})

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await aws?.close()
})

test('a service denied in one region is seen from the ledger to the screen, and nothing is deleted', async () => {
  const { page } = watched
  aws.gateway.setFaults({ denials: [{ actions: ['sqs:*'], region, reason: 'identity-policy' }] })
  await discover(product, { resourceTypes: [queue] })
  await discover(product, { resourceTypes: [queue] })
  expect(await queues()).toHaveLength(2)

  await page.goto(`${product.url}/`)
  await page.getByText('orders: 1 scope not fully known').waitFor()
  await page.getByText('sqs:ListQueues is denied.').first().waitFor()

  await page.goto(`${product.url}/resources?service=sqs`)
  await page.getByText(/1 account has gaps: orders: 1 scope denied/).waitFor()
  await page.getByRole('row').filter({ hasText: 'incoming' }).waitFor()

  await page.goto(`${product.url}/discovery?view=list`)
  const row = page.getByRole('row').filter({ hasText: 'SQS queue' }).filter({ hasText: 'Access denied' })
  await row.waitFor()
  await row.getByText(region).waitFor()

  await page.goto(`${product.url}/discovery?open=${orders}/${region}/${encodeURIComponent(queue)}`)
  const inspector = page.getByRole('complementary', { name: 'Scope' })
  await inspector.getByText('"sqs:ListQueues"').first().waitFor()
  await inspector.getByText('"Effect": "Allow"').first().waitFor()
})

test('given back, one press heals it before the eyes of whoever looks', async () => {
  const { page } = watched
  aws.gateway.setFaults({})
  const inspector = page.getByRole('complementary', { name: 'Scope' })
  await inspector.getByRole('button', { name: 'Run again' }).click()
  await inspector.getByText('Complete', { exact: true }).first().waitFor()
  expect(await queues()).toHaveLength(2)
  await page.goto(`${product.url}/`)
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  await page.getByText('orders: 1 scope not fully known').waitFor({ state: 'detached' })
  expect(watched.faults).toEqual([])
})
