import type { BrowserContext, Page } from 'playwright-core'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { waitForTurn } from '../../journeys/parts/visit.ts'
import { type Figure, percentile } from '../figures.ts'
import type { Bench } from './window.ts'

const tabs = 8

/** Eight tabs of one browser: a change reaches them all, and they are live again after a restart without a reload. */
export const liveFigures = async (bench: Bench, context: BrowserContext): Promise<Figure[]> => {
  const { product, turns } = bench
  const pages: Page[] = []
  for (let tab = 0; tab < tabs; tab += 1) {
    const page = await context.newPage()
    await waitForTurn(page)
    await page.goto(`${product.url}/accounts`)
    pages.push(page)
  }
  await Promise.all(pages.map((page) => page.getByRole('row').nth(3).waitFor()))
  const { body } = await product.timed<{ items: AWSAccount[] }>('GET', '/aws/accounts')
  const [account] = body.items
  const delays: number[] = []
  let reached = 0
  for (let turn = 0; turn < turns + 1; turn += 1) {
    const name = `renamed-${turn}-${account?.accountId}`
    const shown = pages.map((page) =>
      page
        .getByText(name)
        .first()
        .waitFor({ timeout: 10_000 })
        .then(() => performance.now()),
    )
    // From before the request: its own time is part of what a person waits.
    const asked = performance.now()
    await product.timed('PUT', `/aws/accounts/${account?.id}`, { name })
    const times = await Promise.allSettled(shown)
    const there = times.flatMap((time) => (time.status === 'fulfilled' ? [time.value - asked] : []))
    reached = there.length
    delays.push(...there)
  }
  await product.restart()
  const restarted = performance.now()
  const after = `after-restart-${account?.accountId}`
  const page = pages[0]
  const resumed = page?.getByText(after).first().waitFor({ timeout: 20_000 })
  await product.timed('PUT', `/aws/accounts/${account?.id}`, { name: after })
  await resumed
  const resumeMs = performance.now() - restarted
  await Promise.all(pages.map((one) => one.close()))
  return [
    { name: 'tabs of one browser that are live', measured: reached, target: tabs, unit: 'tabs', atLeast: true },
    {
      name: 'event to pixel, p95',
      measured: percentile(delays, 0.95),
      target: 500,
      unit: 'ms',
      timing: true,
      note: `${delays.length} times`,
    },
    { name: 'live again after a restart', measured: resumeMs, target: 3_000, unit: 'ms', timing: true },
  ]
}
