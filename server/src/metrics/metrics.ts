import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  request(facts: { method: string; route: string; status: number; seconds: number }): void
  scanned(facts: { status: string; seconds: number; calls: number; throttles: number }): void
  text(): Promise<string>
  readonly contentType: string
}

interface Figures {
  accounts: number
  resources: number
  scopesByStatus: Record<string, number>
  listeners: number
}

/** A scrape is given up after ten seconds as a rule; the process's own metrics must leave before. */
const patienceMs = 5_000

const inTime = async <T>(work: Promise<T>): Promise<T> => {
  const tooLong = Promise.withResolvers<never>()
  const timer = setTimeout(() => tooLong.reject(new Error('the figures took too long')), patienceMs)
  try {
    return await Promise.race([work, tooLong.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** What the database knows, in a registry of its own: it is left out whole while nothing is known. */
const createBusinessMetrics = () => {
  const registry = new Registry()
  const registers = [registry]
  const accounts = new Gauge({ name: 'dashboard_accounts_connected', help: 'Active accounts', registers })
  const resources = new Gauge({ name: 'dashboard_resources', help: 'Live resources in the inventory', registers })
  const scopes = new Gauge({
    name: 'dashboard_scopes',
    help: 'Scopes of the ledger by status',
    labelNames: ['status'],
    registers,
  })
  const listeners = new Gauge({ name: 'dashboard_live_listeners', help: 'Open event streams', registers })
  return {
    text: (figures: Figures): Promise<string> => {
      accounts.set(figures.accounts)
      resources.set(figures.resources)
      listeners.set(figures.listeners)
      scopes.reset()
      for (const [status, count] of Object.entries(figures.scopesByStatus)) scopes.set({ status }, count)
      return registry.metrics()
    },
  }
}

/** Prometheus metrics of this process. `read` gives the figures of the business, asked at each scrape. */
export const createMetrics = (read: () => Promise<Figures>): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'dashboard_http_request_duration_seconds',
    help: 'Time to answer, by operation',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const scans = new Histogram({
    name: 'dashboard_scope_scan_duration_seconds',
    help: 'Time to scan one scope, by outcome',
    labelNames: ['status'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  })
  const calls = new Counter({ name: 'dashboard_aws_calls_total', help: 'AWS calls made by scans', registers })
  const throttles = new Counter({
    name: 'dashboard_aws_throttles_total',
    help: 'AWS calls of scans that were throttled',
    registers,
  })
  const databaseUp = new Gauge({
    name: 'dashboard_database_up',
    help: 'Whether the database answered this scrape',
    registers,
  })
  const business = createBusinessMetrics()

  /** The figures, or nothing while the database does not give them: zero accounts would be an answer. */
  const businessText = async (): Promise<string> => {
    const figures = await inTime(read()).catch(() => undefined)
    databaseUp.set(figures === undefined ? 0 : 1)
    return figures === undefined ? '' : business.text(figures)
  }

  return {
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    scanned: (facts) => {
      scans.observe({ status: facts.status }, facts.seconds)
      calls.inc(facts.calls)
      throttles.inc(facts.throttles)
    },
    text: async () => {
      const figures = await businessText()
      return `${await registry.metrics()}${figures}`
    },
    contentType: registry.contentType,
  }
}
