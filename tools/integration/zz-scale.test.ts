import { test } from 'vitest'
import { startProduct } from '../testing/product.ts'
import { fillLargeInventory } from '../bench/large-inventory.ts'

test('scale', { timeout: 550_000 }, async () => {
  const product = await startProduct()
  const t0 = performance.now()
  const n = await fillLargeInventory(product.database.url, 300_000)
  console.log('filled', n, Math.round(performance.now() - t0))
  const paths = ['/resources', '/resources?environment=production', '/resources?environment=none', '/resources?environment=staging&accountId=200000000001', '/resources?changedSince=24h', '/resources?changedSince=1h','/resources?changedSince=24h&change=DELETED', '/resources?changedSince=60d',
    '/resources?sort=lastUpdated&order=desc', '/resources?text=worker-0001','/resources?sort=resourceType','/resources?sort=createdAt','/resources?sort=lastUpdated&order=desc&region=eu-west-1','/resources?region=sa-east-1','/resources?tag=team%3Dnone', '/resources?tag=team%3Ddata', '/resources/facets', '/resources/facets?region=eu-west-1', '/resources/facets?region=eu-west-1&environment=production&resourceType=AWS::EC2::Volume&tagKey=team', '/overview', '/resources/facets?text=worker-0001']
  for (const path of paths) {
    const ms: number[] = []
    let total: unknown
    for (let i = 0; i < 3; i += 1) {
      const t = performance.now()
      const { body, status } = await product.call<Record<string, unknown>>('GET', path + (path.includes('facets') && path.includes('?') ? `&tag=x${i}`.slice(0, 0) : ''))
      ms.push(Math.round(performance.now() - t))
      total = body['total'] ?? status
      if (path.includes('facets')) await new Promise((r) => setTimeout(r, 2_100))
    }
    console.log(path, ms.join(' '), String(total))
  }
  await product.close()
})
