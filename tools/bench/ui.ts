import { startBrowser } from '../testing/browser.ts'
import { type Figure, report } from './figures.ts'
import { startBenchProduct } from './product.ts'
import { gridFigures } from './ui/grid.ts'
import { interactionFigures } from './ui/interactions.ts'
import { liveFigures } from './ui/live.ts'
import { loadFigures } from './ui/loads.ts'
import { reflowFigures } from './ui/reflow.ts'
import { type Bench, openSignedIn } from './ui/window.ts'

/** The figures of the web application that apply so far, on 100,000 resources in twelve accounts. */
export const run = async ({ quick }: { quick: boolean }): Promise<void> => {
  await using opened = new AsyncDisposableStack()
  const product = await startBenchProduct(quick ? 10_000 : 100_000)
  opened.defer(() => product.close())
  const browser = await startBrowser()
  opened.defer(() => browser.close())
  const bench: Bench = { product, browser, turns: quick ? 2 : 5 }
  const { context, page, faults } = await openSignedIn(bench)
  const figures: Figure[] = []
  const take = async (part: string, work: Promise<Figure[]>): Promise<void> => {
    console.log(`${part} …`)
    figures.push(...(await work))
  }
  await take('Loads', loadFigures(bench, page))
  await take('Interactions', interactionFigures(bench, page))
  await take('The grid', gridFigures(bench, page))
  const wrong = [...faults]
  await take('Live tabs and a restart', liveFigures(bench, context))
  await take('Narrow screens', reflowFigures(bench))
  figures.push({
    name: 'console errors and requests off origin',
    measured: wrong.length,
    target: 0,
    unit: '',
    note: wrong.slice(0, 3).join('; '),
  })
  report('ui', figures, { resources: product.resources, turns: bench.turns })
}
