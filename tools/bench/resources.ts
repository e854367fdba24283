import pg from 'pg'
import type { ResourceSummary } from '@dashboard/contract/resources.ts'
import { type Figure, median, percentile, report } from './figures.ts'
import { startBenchProduct } from './product.ts'

/** A list with three filters and a tag, as the resources page asks for it. */
const filtered =
  '/resources?service=ec2&region=eu-west-1&region=us-east-1&state=running&tag=team%3Dpayments&maxResults=100'

const times = async (count: number, work: () => Promise<{ ms: number }>): Promise<number[]> => {
  await work()
  const measured: number[] = []
  for (let turn = 0; turn < count; turn += 1) measured.push((await work()).ms)
  return measured
}

const roundTrip = async (client: pg.Client): Promise<{ ms: number }> => {
  const started = performance.now()
  await client.query('select 1')
  return { ms: performance.now() - started }
}

/** The inventory's API on 100,000 rows, beside a round trip to the same database and the product's smallest answer. */
export const run = async ({ quick }: { quick: boolean }): Promise<void> => {
  const product = await startBenchProduct(quick ? 10_000 : 100_000)
  const count = quick ? 20 : 60
  try {
    const client = new pg.Client({ connectionString: product.databaseUrl })
    await client.connect()
    const database = median(await times(count, () => roundTrip(client)))
    await client.end()
    const live = median(await times(count, () => product.timed('GET', '/health/live')))
    const ask = (path: string) => times(count, () => product.timed('GET', path))
    // Facets are kept for two seconds: each question here is another one, and all have the same answer.
    let instant = Date.parse('2001-01-01T00:00:00Z')
    const askAnew = (path: string) =>
      times(count, () => {
        instant += 1_000
        return product.timed('GET', `${path}changedSince=${new Date(instant).toISOString()}`)
      })
    const list = await ask(filtered)
    const { body } = await product.timed<{ items: ResourceSummary[]; total: number }>('GET', filtered)
    if (body.total === 0) throw new Error('the filters of the bench match nothing')
    const facets = await askAnew('/resources/facets?')
    const filteredFacets = await askAnew('/resources/facets?service=ec2&region=eu-west-1&')
    const text = await ask('/resources?text=worker-0001&maxResults=50')
    const overview = await ask('/overview')
    const [one] = body.items
    const single = await ask(`/resources/${one?.id}`)
    const p95 = (name: string, values: number[], target: number): Figure => ({
      name: `${name}, p95`,
      measured: percentile(values, 0.95),
      target,
      unit: 'ms',
      timing: true,
      note: `median ${median(values).toFixed(1)} ms, ${(median(values) / live).toFixed(1)} times the smallest answer`,
    })
    report(
      'resources',
      [
        p95('list with three filters and a tag', list, 60),
        p95('part of a name', text, 60),
        p95('facets of everything', facets, 100),
        p95('facets under filters', filteredFacets, 150),
        p95('one resource', single, 30),
        p95('overview', overview, 150),
      ],
      {
        resources: product.resources,
        matches: body.total,
        'smallest answer ms': live.toFixed(2),
        'database round trip ms': database.toFixed(2),
      },
    )
  } finally {
    await product.close()
  }
}
