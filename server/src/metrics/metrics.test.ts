import { describe, expect, test, vi } from 'vitest'
import { createMetrics } from './metrics.ts'

const figures = { accounts: 3, resources: 40, listeners: 2, scopesByStatus: { SUCCEEDED: 7 } }

describe('metrics', () => {
  test('show the process and the figures of the business', async () => {
    const metrics = createMetrics(() => Promise.resolve(figures))
    metrics.request({ method: 'GET', route: 'accounts.list', status: 200, seconds: 0.01 })
    const text = await metrics.text()
    for (const line of [
      'dashboard_database_up 1',
      'dashboard_accounts_connected 3',
      'dashboard_resources 40',
      'dashboard_scopes{status="SUCCEEDED"} 7',
      'dashboard_live_listeners 2',
    ])
      expect(text.split('\n')).toContain(line)
    expect(text).toMatch(/^process_cpu_seconds_total /m)
  })

  // Broke: without the database the scrape answered 503, and so did every alert on the process itself.
  test('of the process are there when the database is away, and say so, without figures that would be wrong', async () => {
    let away = true
    const metrics = createMetrics(() => (away ? Promise.reject(new Error('away')) : Promise.resolve(figures)))
    const text = await metrics.text()
    expect(text.split('\n')).toContain('dashboard_database_up 0')
    expect(text).toMatch(/^process_cpu_seconds_total /m)
    expect(text).not.toMatch(/dashboard_(?:accounts|resources|scopes|live)/)
    away = false
    expect(await metrics.text()).toContain('dashboard_accounts_connected 3')
    away = true
    expect(await metrics.text()).not.toContain('dashboard_accounts_connected')
  })

  test('do not wait for a database that never answers', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const text = createMetrics(() => new Promise(() => undefined)).text()
      await vi.advanceTimersByTimeAsync(5_000)
      expect(await text).toContain('dashboard_database_up 0')
    } finally {
      vi.useRealTimers()
    }
  })
})
