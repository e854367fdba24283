import type { Browser, Page } from 'playwright-core'
import { waitForTurn } from '../../journeys/parts/visit.ts'
import { openPage, type Watched } from '../../testing/browser.ts'
import { type BenchProduct, email, password } from '../product.ts'
import { watchPages } from './vitals.ts'

export interface Bench {
  product: BenchProduct
  browser: Browser
  /** How often each thing is measured, after once that warms up. */
  turns: number
}

/** The pages that are opened one by one. */
export const routes = [
  '/',
  '/resources',
  '/accounts',
  '/organizations',
  '/credentials',
  '/discovery',
  '/jobs',
  '/settings',
  '/settings/api',
] as const

export const signIn = async (page: Page, url: string): Promise<void> => {
  await waitForTurn(page)
  await page.goto(url)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
}

/** A window of somebody who has signed in. */
export const openSignedIn = async ({ product, browser }: Bench): Promise<Watched> => {
  const watched = await openPage(browser, product.url)
  await watchPages(watched.context)
  await signIn(watched.page, product.url)
  return watched
}

const rowsThere = (page: Page): Promise<unknown> => page.getByRole('row').nth(10).waitFor()

/** Resolves when the page shows its own content, not only its frame. */
export const contentOf = (page: Page, route: string): Promise<unknown> =>
  route === '/resources' || route === '/accounts'
    ? rowsThere(page)
    : page.getByRole('heading', { level: 1 }).first().waitFor()

export const openResources = async (page: Page, url: string): Promise<void> => {
  await waitForTurn(page)
  await page.goto(`${url}/resources`)
  await rowsThere(page)
}
