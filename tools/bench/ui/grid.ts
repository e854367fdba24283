import type { Page } from 'playwright-core'
import { type Figure, median, percentile } from '../figures.ts'
import { framesDuring, painted } from './vitals.ts'
import { type Bench, openResources } from './window.ts'

/** `1–25 of 100,824`: which rows are on the screen, of how many. */
const position = (page: Page) => page.getByText(/^[\d,]+–[\d,]+ of [\d,]+$/).first()

/** Milliseconds from the act until the line that says where one is says something else and has been painted. */
const untilMoved = async (page: Page, act: () => Promise<unknown>): Promise<number> => {
  const before = await position(page).innerText()
  const started = performance.now()
  await act()
  await page.waitForFunction((old) => !document.body.innerText.includes(old), before, { polling: 'raf' })
  await painted(page)
  return performance.now() - started
}

const words = ['worker-0', 'api-00', 'queue-', 'archive-0', 'index-0', 'session-']

/** A word in the filter line, as typed: the wait until typing rests is part of it. */
const filterTimes = async ({ product, turns }: Bench, page: Page): Promise<number[]> => {
  const times: number[] = []
  for (let turn = 0; turn <= turns * 2; turn += 1) {
    await openResources(page, product.url)
    const line = page.getByRole('combobox', { name: 'Filter resources' })
    await line.click()
    times.push(await untilMoved(page, () => line.fill(words[turn % words.length] ?? '')))
  }
  return times.slice(1)
}

const scrollFrames = async ({ product }: Bench, page: Page): Promise<number[]> => {
  await openResources(page, product.url)
  await page.getByRole('row').nth(10).hover()
  return framesDuring(page, async () => {
    for (let step = 0; step < 60; step += 1) {
      await page.mouse.wheel(0, step < 30 ? 90 : -90)
      await page.waitForTimeout(16)
    }
  })
}

/** A screenful further, by keyboard; every fourth of them needs rows that have not been asked for before. */
const pageTimes = async ({ product, turns }: Bench, page: Page): Promise<number[]> => {
  await openResources(page, product.url)
  await page.getByRole('row').nth(3).click()
  const times: number[] = []
  for (let turn = 0; turn <= turns * 4; turn += 1)
    times.push(await untilMoved(page, () => page.keyboard.press('PageDown')))
  return times.slice(1)
}

/** The list of all resources: narrowed, scrolled, paged. */
export const gridFigures = async (bench: Bench, page: Page): Promise<Figure[]> => {
  const typed = await filterTimes(bench, page)
  const frames = await scrollFrames(bench, page)
  const pages = await pageTimes(bench, page)
  const rows = `${bench.product.resources} rows`
  return [
    {
      name: 'filter to painted, p95',
      measured: percentile(typed, 0.95),
      target: 300,
      unit: 'ms',
      timing: true,
      note: rows,
    },
    { name: 'scroll, frame p95', measured: percentile(frames, 0.95), target: 34, unit: 'ms', timing: true },
    {
      name: 'next page, median',
      measured: median(pages),
      target: 150,
      unit: 'ms',
      timing: true,
      note: `p95 ${Math.round(percentile(pages, 0.95))} ms`,
    },
  ]
}
