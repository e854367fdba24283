import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { settledReadingOf } from './parts/reading.ts'
import { signInAsAdmin } from './parts/sign-in.ts'

let product: Product
let browser: Browser
let watched: Watched

beforeAll(async () => {
  product = await startProduct()
  browser = await startBrowser()
  watched = await openPage(browser, product.url)
  await watched.page.goto(`${product.url}/settings/api`)
  await signInAsAdmin(watched.page)
})

afterAll(async () => {
  await browser?.close()
  await product?.close()
})

test('An operation is found by its words, read, and called as the reference says', async () => {
  const { page, context, faults } = watched
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const operations = page.getByRole('navigation', { name: 'Operations' })
  await page.getByRole('searchbox').fill('get resource text')
  await operations.getByRole('link', { name: 'GET /resources', exact: true }).click()
  const article = page.getByRole('article')
  await article.getByText('Part of name, id or ARN, any case.').waitFor()
  expect(new URL(page.url()).search).toBe('?operation=resources.list')
  expect(await operations.locator('[aria-current=page]').allInnerTexts()).toEqual(['GET\n/resources'])

  await article.getByRole('button', { name: 'Copy curl' }).click()
  const line = await page.evaluate(() => navigator.clipboard.readText())
  const address = /'(http:[^']+)'/.exec(line)?.[1] ?? ''
  expect(line).toContain('"Authorization: Bearer $ACCESS_TOKEN"')
  const { pathname, search } = new URL(address)
  expect((await product.call('GET', `${pathname.replace('/api', '')}${search}`)).status).toBe(200)
  expect(faults).toEqual([])
})

test('A link to an operation shows it, with fields that open, and everybody can read it', async () => {
  const { page, faults } = watched
  await page.goto(`${product.url}/settings/api?operation=accounts.add`)
  const article = page.getByRole('article', { name: 'POST /api/aws/accounts' })
  await article.getByText('credentialType: "access_key"').click()
  await article.getByText('accessKey', { exact: true }).waitFor()
  const reading = await settledReadingOf(page)
  expect(reading).toContain('Roles that may call it: admin.')
  for (const code of ['INVALID_INPUT', 'UNAUTHENTICATED', 'FORBIDDEN', 'PAYLOAD_TOO_LARGE'])
    expect(reading).toContain(code)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(faults).toEqual([])
})

test('A link to an operation that there is not says so', async () => {
  const { page } = watched
  await page.goto(`${product.url}/settings/api?operation=accounts.explode`)
  expect(await settledReadingOf(page)).toContain('There is no operation accounts.explode')
})

test('On a narrow screen nothing is cut off', async () => {
  const { page } = watched
  await page.setViewportSize({ width: 320, height: 640 })
  for (const operation of ['resources.list', 'jobs.events']) {
    await page.goto(`${product.url}/settings/api?operation=${operation}`)
    await page.getByRole('article').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), operation).toBeLessThanOrEqual(
      0,
    )
  }
})
