import { expect, test, vi } from 'vitest'
import { both, type Measured, relay, replay } from './meter.ts'
import { createMetrics } from './metrics.ts'

const scan = { status: 'SUCCEEDED', seconds: 1, created: 1, changed: 0, deleted: 0 }

test('What a worker measures reaches the process that started it, a batch a second and the rest at its end', async () => {
  vi.useFakeTimers()
  try {
    const batches: Measured[][] = []
    const relayed = relay((batch) => batches.push(batch))
    relayed.scanned(scan)
    relayed.called({ service: 'ec2', outcome: 'SUCCEEDED', seconds: 0.1 })
    expect(batches).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(batches.map((batch) => batch.map(({ kind }) => kind))).toEqual([['scanned', 'called']])
    relayed.validated({ access: 'works', by: 'person', seconds: 2 })
    relayed.flush()
    relayed.flush()
    expect(batches).toHaveLength(2)
    const parent = createMetrics()
    // As it arrives over the channel between the two processes.
    for (const measured of JSON.parse(JSON.stringify(batches.flat())) as Measured[]) replay(parent, measured)
    const text = await parent.text()
    expect(text).toContain('dashboard_scope_scan_duration_seconds_count{status="SUCCEEDED"} 1')
    expect(text).toContain('dashboard_aws_calls_total{service="ec2",outcome="SUCCEEDED"} 1')
    expect(text).toContain('dashboard_validation_duration_seconds_count{access="works",by="person"} 1')
  } finally {
    vi.useRealTimers()
  }
})

test('A worker counts for itself as well as for the process that started it', async () => {
  const [own, parent] = [createMetrics(), createMetrics()]
  const meter = both(own, parent)
  meter.scanned(scan)
  meter.called({ service: 'sts', outcome: 'FAILED', seconds: 0.1 })
  meter.validated({ access: 'refused', by: 'schedule', seconds: 2 })
  for (const metrics of [own, parent]) {
    const text = await metrics.text()
    expect(text).toContain('dashboard_scope_scan_duration_seconds_count{status="SUCCEEDED"} 1')
    expect(text).toContain('dashboard_aws_calls_total{service="sts",outcome="FAILED"} 1')
    expect(text).toContain('dashboard_validation_duration_seconds_count{access="refused",by="schedule"} 1')
  }
})
