import { readFile } from 'node:fs/promises'
import type { ErrorBody } from '@dashboard/contract/errors.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EstateProduct } from '../resilience/estate-product.ts'
import { accessibilityFaults, openPage, startBrowser, type Watched } from '../testing/browser.ts'
import { type Product, startProduct } from '../testing/product.ts'
import { startDiscoveredEstate } from './parts/discovered-estate.ts'
import { settledReadingOf } from './parts/reading.ts'
import { signInAsAdmin } from './parts/sign-in.ts'
import { follow, load } from './parts/visit.ts'

const schemes = ['light', 'dark'] as const
const nobody = '01990000-0000-7000-8000-000000000000'

/** Every route of the application, each with an address; `{…}` is filled with what is there. */
const routes: Record<string, string> = {
  '/': '/',
  '/resources': '/resources',
  '/resources/$id': '/resources/{resource}',
  '/accounts': '/accounts',
  '/accounts/connect': '/accounts/connect',
  '/accounts/$id': '/accounts/{account}',
  '/organizations': '/organizations',
  '/organizations/connect': '/organizations/connect',
  '/organizations/$id': `/organizations/${nobody}`,
  '/credentials': '/credentials',
  '/discovery': '/discovery',
  '/jobs': '/jobs',
  '/jobs/$id': '/jobs/{job}',
  '/settings': '/settings',
  '/settings/api': '/settings/api',
}

/** A tab a route: their waits overlap, and six connections a host are enough for them. */
const together = 4

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))

type Faults = Record<string, string[]>

const entry = async (page: Page): Promise<[string, string[]]> => [
  new URL(page.url()).pathname,
  await accessibilityFaults(page),
]

const onlyFaulty = (found: readonly [string, string[]][]): Faults =>
  Object.fromEntries(found.filter(([, faults]) => faults.length > 0))

/** What axe finds on each page, gone to one after the other; pages without a fault are left out. */
const faultsOf = async ({ page }: Watched, paths: readonly string[]): Promise<Faults> => {
  const found: [string, string[]][] = []
  for (const path of paths) {
    await follow(page, path)
    await settledReadingOf(page)
    found.push(await entry(page))
  }
  return onlyFaulty(found)
}

/** The same of pages that are loaded afresh, with nothing that was answered before. */
const faultsWhenLoaded = async (
  { context }: Watched,
  addresses: readonly string[],
  isThere: (page: Page) => Promise<unknown>,
): Promise<Faults> => {
  const found: [string, string[]][] = []
  for (const chunk of chunks(addresses, together)) {
    const pages = await Promise.all(
      chunk.map(async (address) => {
        const page = await context.newPage()
        await load(page, address)
        await isThere(page)
        return page
      }),
    )
    for (const page of pages) {
      found.push(await entry(page))
      await page.close()
    }
  }
  return onlyFaulty(found)
}

const signedIn = async (browser: Browser, url: string, colorScheme: 'light' | 'dark'): Promise<Watched> => {
  const window = await openPage(browser, url, { colorScheme })
  await window.page.goto(url)
  await signInAsAdmin(window.page)
  return window
}

let browser: Browser

beforeAll(async () => {
  browser = await startBrowser()
})

afterAll(() => browser?.close())

test('no route is left out', async () => {
  const router = await readFile(new URL('../../web/src/app/router.tsx', import.meta.url), 'utf8')
  const paths = [...router.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, path]) => path)
  // Whoever is signed in never sees it; another journey looks at the form.
  expect(new Set(paths)).toEqual(new Set([...Object.keys(routes), '/sign-in']))
})

describe('With nothing connected, every page can be used by everybody', () => {
  let product: Product

  beforeAll(async () => {
    product = await startProduct()
  })

  afterAll(() => product?.close())

  test.each(schemes)('in %s', async (scheme) => {
    const window = await signedIn(browser, product.url, scheme)
    const paths = Object.values(routes).map((path) => path.replaceAll(/\{\w+\}/g, nobody))
    expect(await faultsOf(window, paths)).toEqual({})
    await window.context.close()
  })
})

describe('With a discovered estate', () => {
  let estate: EstateProduct
  let paths: string[]

  const first = async (path: string): Promise<string> => {
    const { body } = await estate.product.call<{ items: { id: string }[] }>('GET', path)
    return body.items[0]?.id ?? nobody
  }

  beforeAll(async () => {
    estate = await startDiscoveredEstate()
    const there: Record<string, string> = {
      resource: await first('/resources?resourceType=AWS::EC2::Instance'),
      account: await first('/aws/accounts'),
      job: await first('/jobs'),
    }
    paths = Object.values(routes).map((path) =>
      path.replaceAll(/\{(\w+)\}/g, (_, name: string) => there[name] ?? nobody),
    )
  })

  afterAll(() => estate?.close())

  describe.each(schemes)('in %s', (scheme) => {
    let window: Watched

    beforeAll(async () => {
      window = await signedIn(browser, estate.product.url, scheme)
    })

    afterAll(() => window?.context.close())

    test('every page can be used by everybody', async () => {
      expect(await faultsOf(window, paths)).toEqual({})
    })

    test('so can the rows with their inspector, groups, menus and dialogs', async () => {
      const { page } = window
      const look = async () => {
        await page.waitForTimeout(300)
        expect(await accessibilityFaults(page)).toEqual([])
      }
      await follow(page, '/resources?text=web&group=region')
      await page.getByRole('row').nth(1).click()
      await look()
      await follow(page, '/resources?service=ec2&changedSince=24h')
      await settledReadingOf(page)
      await page.keyboard.press('j')
      await page.keyboard.press('x')
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: 'Resource', exact: true }).getByRole('tab').first().waitFor()
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click()
        await look()
      }
      for (const name of ['Columns', 'Saved views', 'Export and copy', 'Filters']) {
        await page.getByRole('button', { name, exact: true }).click()
        await look()
        await page.keyboard.press('Escape')
      }
      await page.getByRole('button', { name: /^Your account/ }).click()
      await look()
      await page.keyboard.press('Escape')
      await follow(page, '/resources')
      await page.getByRole('button', { name: 'Saved views' }).click()
      await page.getByRole('button', { name: 'Save this view' }).click()
      await page.getByRole('dialog', { name: 'Save this view' }).waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.getByRole('combobox', { name: 'Filter resources' }).fill('tag.')
      await look()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Search or do' }).fill('web')
      await page.getByRole('option').first().waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await page.getByRole('heading', { level: 1 }).click()
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await look()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })

    test('so can the ledger with a scope beside it', async () => {
      const { page } = window
      await follow(page, '/discovery?view=list')
      await page.getByRole('link', { name: 'SQS queue' }).first().click()
      await page.getByRole('complementary', { name: 'Scope' }).waitFor()
      await settledReadingOf(page)
      expect(await accessibilityFaults(page)).toEqual([])
    })

    test('and while the API fails, every page says so', async () => {
      const body: ErrorBody = {
        code: 'DATABASE_UNAVAILABLE',
        message: 'The database does not answer; nothing was changed. It is retried.',
        requestId: 'req-journey',
      }
      await window.context.route(/\/api\/(?!auth\/|events)/, (route) =>
        route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify(body) }),
      )
      // These ask for nothing before somebody acts.
      const silent = ['/settings', '/settings/api', '/accounts/connect', '/organizations/connect']
      const isFailing = async (page: Page) => {
        if (silent.includes(new URL(page.url()).pathname)) return settledReadingOf(page)
        await page.getByRole('main').getByRole('alert').first().waitFor()
        expect(await page.getByRole('main').innerText()).toContain('req-journey')
      }
      const addresses = paths.map((path) => estate.product.url + path)
      expect(await faultsWhenLoaded(window, addresses, isFailing)).toEqual({})
    })
  })
})
