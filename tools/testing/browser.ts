import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from './chromium.ts'

/** Without these Chromium looks for its maker's servers, and as root it refuses its own sandbox. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const startBrowser = (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is missing; `npm test` says how to install it.')
  return chromium.launch({ executablePath, args: flags })
}

export interface Watched {
  context: BrowserContext
  page: Page
  /** Console errors, page errors and requests to other origins: each one is a fault. */
  faults: string[]
}

/** A window in which everything that should not happen is written down. */
export const openPage = async (
  browser: Browser,
  origin: string,
  options: { colorScheme?: 'light' | 'dark'; width?: number; height?: number } = {},
): Promise<Watched> => {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      faults.push(`request off origin: ${url}`)
  })
  return { context, page, faults }
}

const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong with the page as it stands, one line a rule; empty is right. */
export const accessibilityFaults = async (page: Page): Promise<string[]> => {
  // Evaluated through the debugger, which the page's own content policy does not concern.
  await page.evaluate(axe.source)
  return page.evaluate(async (tags) => {
    const { axe: loaded } = globalThis as unknown as {
      axe: {
        run(context: Document, options: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
      }
    }
    const { violations } = await loaded.run(document, { runOnly: { type: 'tag', values: tags } })
    return violations.map(
      (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
  }, axeTags)
}
