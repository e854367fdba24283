import { readFile } from 'node:fs/promises'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { SavedView } from '@dashboard/contract/views.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EstateProduct } from '../resilience/estate-product.ts'
import { openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { startDiscoveredEstate } from './parts/discovered-estate.ts'
import { settledReadingOf } from './parts/reading.ts'
import { signInAsAdmin } from './parts/sign-in.ts'
import { load } from './parts/visit.ts'

let estate: EstateProduct
let browser: Browser
let watched: Watched

const get = async <Body>(path: string): Promise<Body> => (await estate.product.call<Body>('GET', path)).body

const go = async (path: string): Promise<Page> => {
  const { page } = watched
  await load(page, estate.product.url + path)
  await settledReadingOf(page)
  return page
}

/** The name in the row that the keys are about, which a screen reader follows. */
const rowAtCursor = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.activeElement?.getAttribute('aria-activedescendant')
    return (id && document.getElementById(id)?.querySelector('a')?.getAttribute('href')) || ''
  })

const press = async (page: Page, key: string, times = 1): Promise<void> => {
  for (let time = 0; time < times; time++) await page.keyboard.press(key)
}

const openPalette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or do' }).waitFor()
}

beforeAll(async () => {
  estate = await startDiscoveredEstate()
  browser = await startBrowser()
  watched = await openPage(browser, estate.product.url)
  await watched.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await watched.page.goto(estate.product.url)
  await signInAsAdmin(watched.page)
})

afterAll(async () => {
  await browser?.close()
  await estate?.close()
})

describe('The resources by keyboard', () => {
  test('at least 24 rows of 32 px are on a screen of 1440 × 900', async () => {
    const page = await go('/resources')
    const grid = await page.getByRole('grid').boundingBox()
    const row = await page.getByRole('row').nth(1).boundingBox()
    expect(row?.height).toBe(32)
    expect(Math.floor(((grid?.height ?? 0) - 26) / 32)).toBeGreaterThanOrEqual(24)
  })

  test('j walks past the hundredth row and never loses its place', async () => {
    const page = await go('/resources')
    const { items } = await get<{ items: { id: string }[] }>('/resources?maxResults=120')
    await press(page, 'j', 110)
    await expect.poll(() => rowAtCursor(page), { timeout: 10_000 }).toBe(`/resources/${items[109]?.id}`)
    await press(page, 'k', 15)
    expect(await rowAtCursor(page)).toBe(`/resources/${items[94]?.id}`)
  })

  test('the whole grid is one stop for Tab', async () => {
    const page = await go('/resources')
    await page.getByRole('grid').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('[role="grid"] [role="rowgroup"]'))).toBeNull()
  })

  test('x and Shift+x select a range, whose ARNs can be copied', async () => {
    const page = await go('/resources')
    const { items } = await get<{ items: { arn: string }[] }>('/resources?maxResults=5')
    await press(page, 'j')
    await press(page, 'x')
    await press(page, 'j', 3)
    await press(page, 'Shift+X')
    await page.getByRole('button', { name: 'Copy ARNs' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied.split('\n')).toEqual(items.slice(0, 4).map(({ arn }) => arn))
  })

  test('Escape leaves the filter for the rows', async () => {
    const page = await go('/resources')
    await press(page, '/')
    await page.keyboard.type('e')
    await press(page, 'Escape', 2)
    await press(page, 'j')
    await expect.poll(() => rowAtCursor(page)).not.toBe('')
  })

  test('groups count what they hold and open to it', async () => {
    const page = await go('/resources?group=region')
    const { region } = await get<{ region: { value: string; count: number }[] }>('/resources/facets')
    const [largest] = region
    const heading = page
      .getByRole('row')
      .filter({ hasText: largest?.value ?? '' })
      .first()
    expect(await heading.innerText()).toContain((largest?.count ?? 0).toLocaleString('en-US'))
    await press(page, 'j')
    await press(page, 'Enter')
    await page.waitForURL(/in=/)
    await expect.poll(() => page.locator('[data-row-link]').count()).toBeGreaterThan(10)
  })
})

describe('What leaves the page', () => {
  test('e saves every row of the filter, not only those that show', async () => {
    const page = await go('/resources?service=ec2&columns=name&columns=tag:Name')
    const { total } = await get<{ total: number }>('/resources?service=ec2')
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')])
    expect(file.suggestedFilename()).toMatch(/^resources-[\d-]+\.csv$/)
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    expect(lines[0]).toContain('tag:Name')
    expect(lines).toHaveLength(total + 1)
    expect(total).toBeGreaterThan(100)
  })

  test('the copied curl command answers what shows, for whoever has a token', async () => {
    const page = await go('/resources?service=sqs&region=global&region=us-east-1')
    await page.getByRole('button', { name: 'Export and copy' }).click()
    await page.getByRole('menuitem', { name: 'Copy as curl' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    const path = /\/api(\/resources[^']*)/.exec(copied)?.[1] ?? ''
    const shown = await get<{ total: number }>('/resources?service=sqs&region=us-east-1')
    expect((await get<{ total: number }>(path)).total).toBe(shown.total)
    expect(copied).toContain('$DASHBOARD_TOKEN')
  })
})

describe('Saved views', () => {
  const views = async () => (await get<{ items: SavedView[] }>('/views')).items

  test('a filter is saved under a name, found in the palette, shared, renamed and deleted, and deleting can be undone', async () => {
    const page = await go('/resources?service=ec2&sort=region')
    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByRole('button', { name: 'Save this view' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('All of EC2')
    await page.keyboard.press('Enter')
    await page.getByText('Saved the view All of EC2').waitFor()
    expect(await views()).toMatchObject([{ name: 'All of EC2', search: 'service=ec2&sort=region', shared: false }])

    await go('/credentials')
    await openPalette(page)
    await page.keyboard.type('all of ec2')
    await page.getByRole('option', { name: 'All of EC2' }).waitFor()
    await press(page, 'Enter')
    await page.waitForURL(/\/resources\?service=ec2&sort=region/)

    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByRole('button', { name: 'Share All of EC2', exact: true }).click()
    await page.getByRole('button', { name: 'Rename All of EC2' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Machines')
    await page.keyboard.press('Enter')
    await page.getByText('Changed the view Machines').waitFor()
    expect(await views()).toMatchObject([{ name: 'Machines', shared: true }])

    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByRole('button', { name: 'Delete Machines' }).click()
    await expect.poll(views).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(views).toMatchObject([{ name: 'Machines', search: 'service=ec2&sort=region' }])
  })
})

describe('The command palette', () => {
  test('leads to a resource by a part of its ARN, and remembers it', async () => {
    const { items } = await get<{ items: { id: string; arn: string; name: string }[] }>('/resources?service=sqs')
    const [queue] = items
    const page = await go('/jobs')
    await openPalette(page)
    await page.keyboard.type(queue?.arn ?? '')
    await page
      .getByRole('option', { name: queue?.name ?? '' })
      .first()
      .waitFor()
    await press(page, 'Enter')
    await page.waitForURL(`**/resources/${queue?.id}`)
    await openPalette(page)
    await page.getByRole('group', { name: 'Recent' }).getByRole('option').first().waitFor()
    expect(await page.getByRole('group', { name: 'Recent' }).innerText()).toContain(queue?.name)
    await press(page, 'Escape')
  })

  test('acts: the theme changes, and g s leads to the settings', async () => {
    const page = await go('/jobs')
    await openPalette(page)
    await page.keyboard.type('dark theme')
    await press(page, 'Enter')
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await press(page, 'g')
    await press(page, 's')
    await page.waitForURL('**/settings')
    await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toBe('Settings')
  })
})

test('the figure of a run opens exactly the rows that it counts', async () => {
  const { items } = await get<{ items: Job[] }>('/jobs')
  const job = items.find(({ resourcesCreated }) => resourcesCreated > 0)
  const page = await go(`/jobs/${job?.id}`)
  await page.getByRole('link', { name: `${(job?.resourcesCreated ?? 0).toLocaleString('en-US')} new` }).click()
  await page.waitForURL(/changedSince=/)
  await expect
    .poll(() => settledReadingOf(page), { timeout: 15_000 })
    .toContain(`of ${(job?.resourcesCreated ?? 0).toLocaleString('en-US')}`)
})

test('nothing was asked of any other server, and no error was written to the console', () => {
  expect(watched.faults).toEqual([])
})
