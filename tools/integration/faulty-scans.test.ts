import { afterAll, beforeAll, expect, test } from 'vitest'
import { estateSizes } from '../estates/estate.ts'
import { figure, longRun } from '../testing/long-run.ts'
import { type EstateProduct, startEstateProduct } from '../resilience/estate-product.ts'
import { runFaultyScans } from '../resilience/faulty-scans.ts'

const scans = longRun('FAULTY_SCANS', 6)
const shape = scans > 6 ? estateSizes.S : { accounts: 2, regions: 2, resources: 2_000 }

let subject: EstateProduct

beforeAll(async () => {
  subject = await startEstateProduct({ seed: 'faults', ...shape })
})

afterAll(() => subject?.close())

test(
  'scans through faults delete nothing that exists and miss nothing where they say they succeeded',
  async () => {
    const figures = await runFaultyScans(subject, { scans, seed: 20_261_125 })
    figure('faulty scans', { resources: shape.resources, ...figures })
    expect({ falseDeletions: figures.falseDeletions, missed: figures.missed }).toEqual({ falseDeletions: 0, missed: 0 })
    // The test has teeth only if scopes really failed, what was removed really went, and the usual policy really errs.
    expect(figures.scopesNotComplete).toBeGreaterThan(0)
    expect(figures.trueDeletions).toBeGreaterThan(0)
    expect(figures.controlFalseDeletions).toBeGreaterThan(0)
  },
  180_000 + scans * 60_000,
)
