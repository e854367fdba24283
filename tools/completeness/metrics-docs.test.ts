import { readFile } from 'node:fs/promises'
import { createMetrics } from '@dashboard/server/metrics/metrics.ts'
import { expect, test } from 'vitest'

/** Everything that can be measured, once: a metric with labels has no line before. */
const everything = async (): Promise<string> => {
  const metrics = createMetrics()
  metrics.request({ method: 'GET', route: 'accounts.list', status: 200, seconds: 1 })
  metrics.scanned({ status: 'SUCCEEDED', seconds: 1, created: 1, changed: 1, deleted: 1 })
  metrics.called({ service: 'ec2', outcome: 'SUCCEEDED', seconds: 1 })
  metrics.validated({ access: 'works', by: 'person', seconds: 1 })
  metrics.watchPool({ totalCount: 1, idleCount: 1, waitingCount: 0 })
  metrics.watchListeners(() => 1)
  return metrics.text(() =>
    Promise.resolve({
      accounts: [{ status: 'active', phase: 'CONNECTED', total: 1 }],
      resourcesByService: { ec2: 1 },
      scopesByStatus: { SUCCEEDED: 1 },
      coverage: 1,
      scopesDue: { total: 1, oldestSeconds: 1 },
      validationsDue: { total: 1, oldestSeconds: 1 },
      jobs: [{ status: 'queued', total: 1, oldestSeconds: 1 }],
    }),
  )
}

const labelsOf = (text: string, name: string): string[] => {
  const line = new RegExp(`^${name}(?:_bucket)?\\{([^}]*)\\}`, 'm').exec(text)?.[1] ?? ''
  return [...line.matchAll(/([a-z]+)="/g)].flatMap(([, label]) => (label === undefined || label === 'le' ? [] : label))
}

const isIn = (cell: string) => [...cell.matchAll(/`([a-z]+)`/g)].map(([, label]) => label ?? '')

test('docs/operations.md has exactly the metrics there are, with their labels', async () => {
  const text = await everything()
  const names = [...text.matchAll(/^# TYPE (dashboard_\w+) /gm)].map(([, name]) => name ?? '')
  const there = Object.fromEntries(names.map((name) => [name, labelsOf(text, name).toSorted()]))
  const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `(dashboard_\w+)` \| ([^|]*) \|/gm)]
  const documented = Object.fromEntries(rows.map(([, name, cell]) => [name, isIn(cell ?? '').toSorted()]))
  expect(names.length).toBeGreaterThan(15)
  expect(documented).toEqual(there)
})
