import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startEstateGateway } from '../estates/estate-gateway.ts'
import { figure, longRun } from '../testing/long-run.ts'
import { runKills, startKillableProduct } from '../resilience/kills.ts'

const kills = longRun('KILLS', 6)

test(
  'killing worker, product and PostgreSQL in mid-scan loses nothing and doubles nothing, and every scan ends',
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'dashboard-test-kills-'))
    await chmod(dataDir, 0o711)
    const aws = await startEstateGateway({ seed: 'kills', accounts: 2, regions: 2, resources: 2_000 })
    const product = await startKillableProduct(dataDir, aws)
    try {
      const figures = await runKills(product, aws, { kills, random: Math.random })
      figure('kills', { ...figures })
      expect(figures).toMatchObject({ differences: 0, brokenVersions: 0, doubled: 0, brokenJobs: 0, leased: 0 })
    } finally {
      await product.stop()
      await aws.close()
      const cluster = await realpath(join(dataDir, 'postgres')).catch(() => undefined)
      if (cluster !== undefined) await rm(cluster, { recursive: true, force: true })
      await rm(dataDir, { recursive: true, force: true })
    }
  },
  240_000 + kills * 20_000,
)
