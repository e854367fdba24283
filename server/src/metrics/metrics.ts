import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  request(facts: { method: string; route: string; status: number; seconds: number }): void
  scanned(facts: { status: string; seconds: number; calls: number; throttles: number }): void
  text(): Promise<string>
  readonly contentType: string
}

/** Prometheus metrics of this process. `read` gives the figures of the business, asked at each scrape. */
export const createMetrics = (
  read: () => Promise<{
    accounts: number
    resources: number
    scopesByStatus: Record<string, number>
    listeners: number
  }>,
): Metrics => {
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
  const accounts = new Gauge({ name: 'dashboard_accounts_connected', help: 'Active accounts', registers })
  const resources = new Gauge({ name: 'dashboard_resources', help: 'Live resources in the inventory', registers })
  const scopes = new Gauge({
    name: 'dashboard_scopes',
    help: 'Scopes of the ledger by status',
    labelNames: ['status'],
    registers,
  })
  const listeners = new Gauge({ name: 'dashboard_live_listeners', help: 'Open event streams', registers })

  const refresh = async (): Promise<void> => {
    const figures = await read()
    accounts.set(figures.accounts)
    resources.set(figures.resources)
    listeners.set(figures.listeners)
    scopes.reset()
    for (const [status, count] of Object.entries(figures.scopesByStatus)) scopes.set({ status }, count)
  }

  return {
    request: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    scanned: (facts) => {
      scans.observe({ status: facts.status }, facts.seconds)
      calls.inc(facts.calls)
      throttles.inc(facts.throttles)
    },
    text: async () => {
      await refresh()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}
