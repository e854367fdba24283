import type { BrowserContext, Page } from 'playwright-core'
import { waitForTurn } from '../../journeys/parts/visit.ts'

/** What one page cost and how it felt, as the browser saw it. */
export interface Vitals {
  /** Compressed bytes that were transferred. */
  scriptBytes: number
  styleBytes: number
  /** Largest contentful paint and layout shifts since the navigation began. */
  lcpMs: number
  cls: number
  /** Work of the main thread until the page had settled. */
  cpuMs: number
}

/** Runs before the page's own code: keeps what the browser would forget. */
const watch = (): void => {
  const seen = { lcp: 0, cls: 0, events: [] as { id: number; ms: number }[] }
  Object.assign(globalThis, { seen })
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more: object = {}): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more })
  }
  observe('largest-contentful-paint', (entry) => (seen.lcp = entry.startTime))
  observe('layout-shift', (entry) => {
    const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean }
    if (!shift.hadRecentInput) seen.cls += shift.value
  })
  observe(
    'event',
    (entry) => {
      const event = entry as PerformanceEntry & { interactionId: number }
      if (event.interactionId > 0) seen.events.push({ id: event.interactionId, ms: entry.duration })
    },
    { durationThreshold: 16 },
  )
}

interface Seen {
  lcp: number
  cls: number
  events: { id: number; ms: number }[]
}

const seenOf = (page: Page): Promise<Seen> => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)

/**
 * Milliseconds of each interaction since the last question: a press and a click are several events of one interaction,
 * the longest of which counts. Those under 16 ms are not told.
 */
export const takeInteractions = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const longest = new Map<number, number>()
    const { events } = (globalThis as unknown as { seen: { events: { id: number; ms: number }[] } }).seen
    for (const { id, ms } of events.splice(0)) longest.set(id, Math.max(ms, longest.get(id) ?? 0))
    return [...longest.values()]
  })

export const watchPages = (context: BrowserContext): Promise<unknown> => context.addInitScript(watch)

/** Two frames: what was asked for has been painted. */
export const painted = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  )

const bytesOf = (page: Page): Promise<{ scriptBytes: number; styleBytes: number }> =>
  page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    const sum = (pattern: RegExp) =>
      entries
        .filter(({ name }) => pattern.test(new URL(name).pathname))
        .reduce((all, one) => all + one.encodedBodySize, 0)
    return { scriptBytes: sum(/\.js$/), styleBytes: sum(/\.(css|woff2)$/) }
  })

/** Opens an address anew, with an empty cache, and measures until the network is silent and `ready` is on the screen. */
export const measureLoad = async (page: Page, url: string, ready: () => Promise<unknown>): Promise<Vitals> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await waitForTurn(page)
  await page.goto(url)
  await ready()
  // The event stream stays open, so the network is never idle; a second without a new request is.
  await page.waitForTimeout(1_000)
  await painted(page)
  const { metrics } = await session.send('Performance.getMetrics')
  const cpu = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  const [seen, bytes] = [await seenOf(page), await bytesOf(page)]
  await session.detach()
  return { ...bytes, lcpMs: seen.lcp, cls: seen.cls, cpuMs: cpu * 1_000 }
}

/** Milliseconds between frames while `work` runs. */
export const framesDuring = async (page: Page, work: () => Promise<void>): Promise<number[]> => {
  await page.evaluate(() => {
    const state = { frames: [] as number[], on: true, last: performance.now() }
    Object.assign(globalThis, { frameState: state })
    const next = (now: number): void => {
      state.frames.push(now - state.last)
      state.last = now
      if (state.on) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await work()
  return page.evaluate(() => {
    const { frameState } = globalThis as unknown as { frameState: { frames: number[]; on: boolean } }
    frameState.on = false
    return frameState.frames.slice(1)
  })
}
