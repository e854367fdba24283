import type { AWSAccount, Onboarding } from '@dashboard/contract/accounts.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createOneOfEach } from '../integration/created-equals-discovered.ts'
import { startAws, type TestAws } from '../testing/aws.ts'
import { accessibilityFaults, openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { adminEmail, adminPassword, type Product, startProduct } from '../testing/product.ts'

const own = '100000000001'
const orders = '200000000002'
const region = 'eu-west-1'

let aws: TestAws
let product: Product
let browser: Browser
let watched: Watched

const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel('Email').fill(adminEmail)
  await page.getByLabel('Password', { exact: true }).fill(adminPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** What a person reads, without what moves by itself: ages and the live mark. */
const readingOf = async (page: Page): Promise<string> => {
  const text = await page.getByRole('main').innerText()
  return text.replaceAll(/\b(?:just now|\d+ ?(?:s|min|h|d)\.? ago)\b/g, '(age)')
}

/** The reading once it has stood still for half a second. */
const settledReadingOf = async (page: Page): Promise<string> => {
  let [before, after] = ['', await readingOf(page)]
  while (before !== after) {
    await page.waitForTimeout(500)
    ;[before, after] = [after, await readingOf(page)]
  }
  return after
}

beforeAll(async () => {
  aws = await startAws([own, orders])
  const identity = await aws.createUser(own, 'dashboard')
  await createOneOfEach((constructor) => aws.client(constructor, orders, region), {
    partition: 'aws',
    accountId: orders,
    region,
  })
  product = await startProduct({ endpoint: aws.endpoint, identity, worker: true })
  browser = await startBrowser()
  watched = await openPage(browser, product.url)
})

afterAll(async () => {
  await browser?.close()
  await product?.close()
  await aws?.close()
})

describe('From nothing to a discovered account', () => {
  test('a person signs in and comes to the page they asked for', async () => {
    const { page } = watched
    await page.goto(`${product.url}/resources`)
    await signIn(page)
    await page.getByRole('heading', { name: 'Resources', level: 1 }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/resources')
  })

  test('connects an account with a role: the policies are there to copy, the checks come in one by one', async () => {
    const { page } = watched
    await page.goto(`${product.url}/accounts/connect`)
    await page.getByRole('button', { name: 'Connect with a role' }).click()
    await page.getByLabel('Name').fill('orders')
    await page.getByLabel('Account id').fill(orders)
    await page.getByRole('checkbox', { name: 'us-east-1' }).uncheck()
    await page.getByRole('button', { name: 'Create connection' }).click()
    await page.getByText('External id:').waitFor()
    const { body } = await product.call<{ items: AWSAccount[] }>('GET', '/aws/accounts')
    const [account] = body.items
    expect(account).toMatchObject({ accountId: orders, status: 'inactive', phase: 'PENDING' })
    expect(await page.getByRole('main').innerText()).toContain(account?.externalId)
    // The draft is the account itself: a reload loses nothing.
    await page.reload()
    await page.getByText('External id:').waitFor()
    const { body: onboarding } = await product.call<Onboarding>('GET', `/aws/accounts/${account?.id}/onboarding`)
    await aws.putRole(orders, onboarding.roleName, onboarding.trustPolicy)
    await page.getByRole('button', { name: 'The role exists, go on' }).click()
    await page.getByRole('button', { name: 'Validate now' }).click()
    await page.getByText('Assume the role with its ExternalId').waitFor()
    await page.getByRole('button', { name: 'Finish and discover' }).waitFor()
  })

  test('watches the discovery fill the list, without touching anything', async () => {
    const { page } = watched
    await page.getByRole('button', { name: 'Finish and discover' }).click()
    await page.getByRole('heading', { name: 'Resources', level: 1 }).waitFor()
    const rows = async () => Number(/–\d+ of (\d+)/.exec(await page.getByRole('main').innerText())?.[1] ?? 0)
    await expect.poll(rows, { timeout: 60_000 }).toBeGreaterThan(20)
    const { body } = await product.call<{ total: number }>('GET', '/resources')
    expect(body.total).toBeGreaterThan(20)
  })

  test('filters, opens a resource, and a reload shows the same screen', async () => {
    const { page } = watched
    await page.goto(`${product.url}/resources`)
    const line = page.getByRole('combobox', { name: /filter/i })
    await line.fill('service:sqs orders')
    await line.press('Enter')
    const row = page.getByRole('row').filter({ hasText: 'SQS' }).first()
    await row.waitFor()
    await page.waitForURL(/service/)
    await row.click()
    const inspector = page.getByRole('complementary', { name: 'Resource', exact: true })
    await inspector.waitFor()
    const [before, address] = [await settledReadingOf(page), page.url()]
    expect(before).toContain('orders')
    await page.reload()
    await page.getByRole('complementary', { name: 'Resource', exact: true }).waitFor()
    expect(await settledReadingOf(page)).toBe(before)
    expect(page.url()).toBe(address)
    // Back closes the inspector, not the page.
    await page.goBack()
    await inspector.waitFor({ state: 'detached' })
    expect(new URL(page.url()).pathname).toBe('/resources')
  })

  test('nothing was asked of any other server, and no error was written to the console', () => {
    expect(watched.faults).toEqual([])
  })
})

describe.each(['light', 'dark'] as const)('Every page can be used by everybody, in %s', (colorScheme) => {
  let window: Watched

  beforeAll(async () => {
    window = await openPage(browser, product.url, { colorScheme })
    await window.page.goto(`${product.url}/`)
    await window.page.getByLabel('Email').waitFor()
  })

  afterAll(() => window.context.close())

  test('the sign-in page', async () => {
    expect(await accessibilityFaults(window.page)).toEqual([])
    await signIn(window.page)
    await window.page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor()
  })

  test.each([
    '/',
    '/accounts',
    '/accounts/connect',
    '/accounts/connect?step=account&method=access_key',
    '/credentials',
    '/resources',
    '/discovery',
    '/discovery?view=list',
    '/jobs',
    '/settings',
    '/no-such-page',
  ])('%s', async (path) => {
    const { page } = window
    await page.goto(product.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(500)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a resource, an account and a discovery, with each of their tabs', async () => {
    const { page } = window
    const [{ body: resources }, { body: accounts }, { body: jobs }] = await Promise.all([
      product.call<{ items: { id: string }[] }>('GET', '/resources?resourceType=AWS::EC2::Instance'),
      product.call<{ items: { id: string }[] }>('GET', '/aws/accounts'),
      product.call<{ items: { id: string }[] }>('GET', '/jobs'),
    ])
    for (const path of [
      `/resources/${resources.items[0]?.id}`,
      `/accounts/${accounts.items[0]?.id}`,
      `/jobs/${jobs.items[0]?.id}`,
    ]) {
      await page.goto(product.url + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      const tabs = await page.getByRole('tab').all()
      expect(await accessibilityFaults(page)).toEqual([])
      for (const tab of tabs) {
        await tab.click()
        await page.waitForTimeout(300)
        expect(await accessibilityFaults(page)).toEqual([])
      }
    }
  })
})
