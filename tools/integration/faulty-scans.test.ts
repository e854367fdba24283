import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EstateProduct, startEstateProduct } from '../resilience/estate-product.ts'
import { runFaultyScans } from '../resilience/faulty-scans.ts'

let subject: EstateProduct

beforeAll(async () => {
  subject = await startEstateProduct({ seed: 'short', accounts: 2, regions: 2, resources: 2_000 })
})

afterAll(() => subject?.close())

test('six scans through faults delete nothing that exists and miss nothing where they say they succeeded', async () => {
  const figures = await runFaultyScans(subject, { scans: 6, seed: 20_261_125 })
  expect({ falseDeletions: figures.falseDeletions, missed: figures.missed }).toEqual({ falseDeletions: 0, missed: 0 })
  // The test has teeth only if scopes really failed, what was removed really went, and the usual policy really errs.
  expect(figures.scopesNotComplete).toBeGreaterThan(0)
  expect(figures.trueDeletions).toBeGreaterThan(0)
  expect(figures.controlFalseDeletions).toBeGreaterThan(0)
}, 180_000)
