import type { Page } from 'playwright-core'

/** The server renews sessions of one network thirty times a minute, and every load of the application asks for one. */
const loadsAMinute = 27
const minuteMs = 60_000

const loads: number[] = []

/** Resolves when one more load stays below what the server lets pass. */
export const waitForTurn = async (page: Page): Promise<void> => {
  while ((loads[0] ?? Infinity) < Date.now() - minuteMs) loads.shift()
  if (loads.length >= loadsAMinute) await page.waitForTimeout((loads.shift() ?? 0) + minuteMs - Date.now())
  loads.push(Date.now())
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 }).first().waitFor()

/** Loads the application at an address, as from a link in a message; it waits its turn. */
export const load = async (page: Page, address: string): Promise<void> => {
  await waitForTurn(page)
  await page.goto(address)
  await heading(page)
}

export const reload = async (page: Page): Promise<void> => {
  await waitForTurn(page)
  await page.reload()
  await heading(page)
}

/** Goes to a path within the application that is loaded, as a link on the page does. */
export const follow = async (page: Page, path: string): Promise<void> => {
  await page.evaluate((href) => history.pushState(null, '', href), path)
  await heading(page)
}
