import type { Page } from 'playwright-core'
import { openPage } from '../../testing/browser.ts'
import { type Figure, median } from '../figures.ts'
import { measureLoad, type Vitals, watchPages } from './vitals.ts'
import { type Bench, contentOf, routes } from './window.ts'

const medianOf = (loads: readonly Vitals[], field: keyof Vitals): number => median(loads.map((load) => load[field]))

const measureSignIn = async ({ product, browser, turns }: Bench): Promise<Vitals[]> => {
  const loads: Vitals[] = []
  for (let turn = 0; turn <= turns; turn += 1) {
    const { context, page } = await openPage(browser, product.url)
    await watchPages(context)
    loads.push(await measureLoad(page, product.url, () => page.getByLabel('Email').waitFor()))
    await context.close()
  }
  return loads.slice(1)
}

const measureRoute = async (page: Page, bench: Bench, route: string): Promise<Vitals[]> => {
  const loads: Vitals[] = []
  for (let turn = 0; turn <= bench.turns; turn += 1)
    loads.push(await measureLoad(page, `${bench.product.url}${route}`, () => contentOf(page, route)))
  return loads.slice(1)
}

/** What each page costs when it is opened with an empty cache: bytes, paint, main thread, shifts. */
export const loadFigures = async (bench: Bench, page: Page): Promise<Figure[]> => {
  const first = await measureSignIn(bench)
  const byRoute = new Map<string, Vitals[]>()
  for (const route of routes) byRoute.set(route, await measureRoute(page, bench, route))
  const of = (route: string, field: keyof Vitals): number => medianOf(byRoute.get(route) ?? [], field)
  const most = (field: keyof Vitals, except: readonly string[] = []): { value: number; route: string } =>
    routes
      .filter((route) => !except.includes(route))
      .map((route) => ({ route, value: of(route, field) }))
      .reduce((worst, one) => (one.value > worst.value ? one : worst))
  const kB = (name: string, bytes: number, target: number, note = ''): Figure => ({
    name,
    measured: bytes / 1_000,
    target,
    unit: 'kB',
    note,
  })
  const anyScript = most('scriptBytes')
  const others = most('lcpMs', ['/'])
  const shift = most('cls')
  return [
    kB('JS of sign-in', medianOf(first, 'scriptBytes'), 150),
    kB('JS of overview', of('/', 'scriptBytes'), 200),
    kB('JS of resources', of('/resources', 'scriptBytes'), 340),
    kB('JS of any page', anyScript.value, 350, anyScript.route),
    kB('CSS and fonts', most('styleBytes').value, 60, most('styleBytes').route),
    { name: 'LCP of overview', measured: of('/', 'lcpMs'), target: 800, unit: 'ms', timing: true },
    {
      name: 'LCP of the slowest other page',
      measured: others.value,
      target: 1_000,
      unit: 'ms',
      timing: true,
      note: others.route,
    },
    { name: 'main thread until overview settles', measured: of('/', 'cpuMs'), target: 350, unit: 'ms CPU' },
    { name: 'main thread until resources settle', measured: of('/resources', 'cpuMs'), target: 650, unit: 'ms CPU' },
    { name: 'layout shift of the worst page', measured: shift.value, target: 0.02, unit: '', note: shift.route },
  ]
}
