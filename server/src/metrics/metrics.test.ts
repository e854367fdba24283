import { describe, expect, test, vi } from 'vitest'
import type { Figures } from './figures.ts'
import { createMetrics } from './metrics.ts'

const figures: Figures = {
  accounts: [{ status: 'active', phase: 'CONNECTED', total: 3 }],
  resourcesByService: { ec2: 30, s3: 10 },
  scopesByStatus: { SUCCEEDED: 7 },
  coverage: 0.875,
  scopesDue: { total: 4, oldestSeconds: 12.5 },
  validationsDue: { total: 1, oldestSeconds: 3 },
  jobs: [{ status: 'queued', total: 2, oldestSeconds: 90 }],
}

const read = () => Promise.resolve(figures)

const linesOf = async (text: Promise<string>): Promise<string[]> => (await text).split('\n')

describe('metrics', () => {
  test('show what the process does and what the installation has', async () => {
    const metrics = createMetrics()
    metrics.request({ method: 'GET', route: 'accounts.list', status: 200, seconds: 0.01 })
    metrics.watchPool({ totalCount: 5, idleCount: 2, waitingCount: 1 })
    metrics.watchListeners(() => 2)
    const lines = await linesOf(metrics.text(read))
    for (const line of [
      'dashboard_http_request_duration_seconds_count{method="GET",route="accounts.list",status="200"} 1',
      'dashboard_database_up 1',
      'dashboard_database_connections{state="in-use"} 3',
      'dashboard_database_connections{state="waiting"} 1',
      'dashboard_live_listeners 2',
      'dashboard_accounts{status="active",phase="CONNECTED"} 3',
      'dashboard_resources{service="ec2"} 30',
      'dashboard_scopes{status="SUCCEEDED"} 7',
      'dashboard_coverage_ratio 0.875',
      'dashboard_scopes_due 4',
      'dashboard_scope_oldest_due_seconds 12.5',
      'dashboard_validations_due 1',
      'dashboard_jobs{status="queued"} 2',
      'dashboard_job_oldest_age_seconds{status="queued"} 90',
    ])
      expect(lines).toContain(line)
    expect(lines.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true)
    expect(lines.some((line) => line.startsWith('nodejs_eventloop_lag_p99_seconds '))).toBe(true)
  })

  test('count scans, AWS calls and validations by what they came to', async () => {
    const metrics = createMetrics()
    metrics.scanned({ status: 'SUCCEEDED', seconds: 0.2, created: 5, changed: 1, deleted: 0 })
    metrics.scanned({ status: 'SUCCEEDED', seconds: 0.2, created: 1, changed: 0, deleted: 2 })
    metrics.called({ service: 'ec2', outcome: 'SUCCEEDED', seconds: 0.1 })
    metrics.called({ service: 'ec2', outcome: 'THROTTLED', seconds: 0.1 })
    metrics.validated({ access: 'works', by: 'schedule', seconds: 2 })
    const lines = await linesOf(metrics.text())
    for (const line of [
      'dashboard_scope_scan_duration_seconds_count{status="SUCCEEDED"} 2',
      'dashboard_resource_changes_total{kind="CREATED"} 6',
      'dashboard_resource_changes_total{kind="DELETED"} 2',
      'dashboard_aws_calls_total{service="ec2",outcome="THROTTLED"} 1',
      'dashboard_aws_call_duration_seconds_count{service="ec2"} 2',
      'dashboard_validation_duration_seconds_count{access="works",by="schedule"} 1',
    ])
      expect(lines).toContain(line)
  })

  test('of an installation without scopes leave its coverage open', async () => {
    const metrics = createMetrics()
    expect(await metrics.text(read)).toContain('dashboard_coverage_ratio 0.875')
    expect(await metrics.text(() => Promise.resolve({ ...figures, coverage: null }))).not.toMatch(
      /^dashboard_coverage_ratio /m,
    )
  })

  // Broke: without the database the scrape answered 503, and so did every alert on the process itself.
  test('of the process are there when the database is away, and say so, without figures that would be wrong', async () => {
    let away = true
    const metrics = createMetrics()
    const text = () => metrics.text(() => (away ? Promise.reject(new Error('away')) : read()))
    const first = await text()
    expect(first.split('\n')).toContain('dashboard_database_up 0')
    expect(first).toMatch(/^process_cpu_seconds_total /m)
    expect(first).not.toMatch(/dashboard_(?:accounts|resources|scopes|coverage|jobs)/)
    away = false
    expect(await text()).toContain('dashboard_accounts{')
    away = true
    expect(await text()).not.toContain('dashboard_accounts')
  })

  test('have no line any more for what is gone', async () => {
    const metrics = createMetrics()
    await metrics.text(read)
    expect(await metrics.text(() => Promise.resolve({ ...figures, accounts: [] }))).not.toContain('CONNECTED')
  })

  test('do not wait for a database that never answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const text = createMetrics().text(() => new Promise(() => undefined))
      await vi.advanceTimersByTimeAsync(5_000)
      expect(await text).toContain('dashboard_database_up 0')
    } finally {
      vi.useRealTimers()
    }
  })
})
