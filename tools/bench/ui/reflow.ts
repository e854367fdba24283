import { waitForTurn } from '../../journeys/parts/visit.ts'
import { openPage } from '../../testing/browser.ts'
import type { Figure } from '../figures.ts'
import { type Bench, routes, signIn } from './window.ts'

/** Pages that would have to be scrolled sideways at 320 px, or at 200 % of 1440 px. */
export const reflowFigures = async (bench: Bench): Promise<Figure[]> => {
  const wide: string[] = []
  for (const width of [320, 720]) {
    const { context, page } = await openPage(bench.browser, bench.product.url, { width, height: 640 })
    await signIn(page, bench.product.url)
    for (const route of routes) {
      await waitForTurn(page)
      await page.goto(`${bench.product.url}${route}`)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForTimeout(400)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
      if (overflow > 0) wide.push(`${route} at ${width}: ${overflow} px`)
    }
    await context.close()
  }
  return [
    { name: 'pages that scroll sideways', measured: wide.length, target: 0, unit: 'pages', note: wide.join('; ') },
  ]
}
