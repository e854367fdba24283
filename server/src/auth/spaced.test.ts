import { expect, test } from 'vitest'
import { spaced } from './spaced.ts'

// Broke: each anonymous request with a token of an unknown key cost a query of its own.
test('a thousand who ask at once cost two runs, and each sees a run that began after it asked', async () => {
  let begun = 0
  const load = spaced(async () => {
    begun += 1
  }, 50)
  const seen = await Promise.all(
    Array.from({ length: 1_000 }, async () => {
      const before = begun
      await load()
      return begun > before
    }),
  )
  expect(seen.every(Boolean)).toBe(true)
  expect(begun).toBeLessThanOrEqual(2)
  await load()
  expect(begun).toBeLessThanOrEqual(3)
})

test('a run that fails fails for those who waited for it, and the next one is tried', async () => {
  let away = true
  const load = spaced(() => (away ? Promise.reject(new Error('away')) : Promise.resolve()), 10)
  const both = await Promise.allSettled([load(), load()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  away = false
  await expect(load()).resolves.toBeUndefined()
})
