import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Figures } from './figures.ts'
import { createInstallationMetrics } from './installation-metrics.ts'
import type { Meter } from './meter.ts'
import { createWorkMetrics } from './work-metrics.ts'

/** Prometheus metrics of this process. */
export interface Metrics extends Meter {
  request(facts: { method: string; route: string; status: number; seconds: number }): void
  /** Shows the connections of a pool at each scrape. */
  watchPool(pool: { totalCount: number; idleCount: number; waitingCount: number }): void
  /** Shows the open event streams at each scrape. */
  watchListeners(listeners: () => number): void
  /** What is scraped. `read` gives the figures of the installation; processes that do not serve it have none. */
  text(read?: () => Promise<Figures>): Promise<string>
  readonly contentType: string
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

const createDatabaseUp = (registry: Registry): Gauge =>
  new Gauge({
    name: 'dashboard_database_up',
    help: 'Whether the database answered this scrape',
    registers: [registry],
  })

const watchPoolIn =
  (registry: Registry): Metrics['watchPool'] =>
  (pool) => {
    const gauge = new Gauge({
      name: 'dashboard_database_connections',
      help: 'Connections of the pool in use and idle, and requests that wait for one',
      labelNames: ['state'],
      registers: [],
      collect() {
        this.set({ state: 'in-use' }, pool.totalCount - pool.idleCount)
        this.set({ state: 'idle' }, pool.idleCount)
        this.set({ state: 'waiting' }, pool.waitingCount)
      },
    })
    registry.registerMetric(gauge)
  }

const watchListenersIn =
  (registry: Registry): Metrics['watchListeners'] =>
  (listeners) => {
    const gauge = new Gauge({
      name: 'dashboard_live_listeners',
      help: 'Open event streams of this process',
      registers: [],
      collect() {
        this.set(listeners())
      },
    })
    registry.registerMetric(gauge)
  }

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  // The lag of the event loop is among these: `nodejs_eventloop_lag_…`.
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'dashboard_http_request_duration_seconds',
    help: 'Time to answer, by operation',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  const installation = createInstallationMetrics()
  let databaseUp: Gauge | undefined

  /** The figures, or nothing while the database does not give them: zero accounts would be an answer. */
  const installationText = async (read: () => Promise<Figures>): Promise<string> => {
    databaseUp ??= createDatabaseUp(registry)
    const figures = await inTime(read()).catch(() => undefined)
    databaseUp.set(figures === undefined ? 0 : 1)
    return figures === undefined ? '' : installation.text(figures)
  }

  return {
    ...createWorkMetrics(registry),
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    watchPool: watchPoolIn(registry),
    watchListeners: watchListenersIn(registry),
    text: async (read) => {
      const figures = read === undefined ? '' : await installationText(read)
      return `${await registry.metrics()}${figures}`
    },
    contentType: registry.contentType,
  }
}
