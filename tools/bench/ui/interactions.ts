import type { Page } from 'playwright-core'
import { type Figure, percentile } from '../figures.ts'
import { painted, takeInteractions } from './vitals.ts'
import { type Bench, openResources } from './window.ts'

const rail = ['Overview', 'Accounts', 'Credentials', 'Discovery', 'Resources']

/** The palette is fetched when it is first asked for; Escape before it is there would be lost. */
const openPalette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').first().waitFor()
}

const closePalette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').first().waitFor({ state: 'detached' })
}

type Act = (name: string, work: () => Promise<unknown>) => Promise<void>

/** What somebody does at a stretch: along the rail, into rows and their tabs, the palette. */
const walk = async (page: Page, act: Act): Promise<void> => {
  for (const name of rail)
    await act(`to ${name}`, () => page.getByRole('navigation').getByRole('link', { name, exact: true }).click())
  await page.getByRole('row').nth(10).waitFor()
  for (const row of [2, 5, 8]) await act('open a row', () => page.getByRole('row').nth(row).click())
  const inspector = page.getByRole('complementary').first()
  await inspector.getByRole('tab').first().waitFor()
  for (const tab of await inspector.getByRole('tab').all()) await act('open a tab', () => tab.click())
  await act('close the inspector', () => page.keyboard.press('Escape'))
  await act('open the palette', () => openPalette(page))
  await act('close the palette', () => closePalette(page))
}

/** The browser itself says how long each act took to the next paint. */
export const interactionFigures = async ({ product, turns }: Bench, page: Page): Promise<Figure[]> => {
  await openResources(page, product.url)
  let acts: { name: string; ms: number }[] = []
  const act: Act = async (name, work) => {
    await work()
    await painted(page)
    // The browser tells of an event a moment after its frame.
    await page.waitForTimeout(100)
    // What it does not tell of took less than a frame.
    acts.push({ name, ms: Math.max(16, ...(await takeInteractions(page))) })
  }
  await walk(page, act)
  acts = []
  for (let turn = 0; turn < turns; turn += 1) await walk(page, act)
  const times = acts.map(({ ms }) => ms)
  const slowest = acts.toSorted((a, b) => b.ms - a.ms).slice(0, 3)
  const note = `${acts.length} acts; slowest: ${slowest.map(({ name, ms }) => `${name} ${ms} ms`).join(', ')}`
  return [
    {
      name: 'interaction to next paint, p95',
      measured: percentile(times, 0.95),
      target: 100,
      unit: 'ms',
      timing: true,
      note,
    },
    { name: 'INP (p98)', measured: percentile(times, 0.98), target: 150, unit: 'ms', timing: true },
  ]
}
