import type { Page } from 'playwright-core'

const settleMs = 300

/** What a person reads, without what is another each time: ages, and the ids of requests. */
const readingOf = async (page: Page): Promise<string> => {
  const text = await page.getByRole('main').innerText()
  return text
    .replaceAll(/\bRequest\s+[0-9a-f-]{36}/g, '(request)')
    .replaceAll(/\b(?:just now|in \d+ ?(?:s|min|h|d)\b|\d+ ?(?:s|min|h|d)\.? ago)/g, '(age)')
}

const isLoading = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector('main [role="status"][aria-label="Loading"]') !== null)

/** The reading once nothing loads and it has stood still. */
export const settledReadingOf = async (page: Page): Promise<string> => {
  let [before, after] = ['', await readingOf(page)]
  while (before !== after || after === '' || (await isLoading(page))) {
    await page.waitForTimeout(settleMs)
    ;[before, after] = [after, await readingOf(page)]
  }
  return after
}
