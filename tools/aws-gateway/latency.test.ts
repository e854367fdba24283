import { expect, test } from 'vitest'
import { delayOf } from './latency.ts'

test('Half of the delays are below the median, and one in a hundred above the 99th percentile', () => {
  const steps = 300
  const chances = Array.from({ length: steps }, (_, index) => (index + 0.5) / steps)
  const delays = chances.flatMap((first) => chances.map((second) => delayOf({ p50: 60, p99: 400 }, first, second)))
  const above = (limit: number) => delays.filter((delay) => delay > limit).length / delays.length
  expect(above(60)).toBeCloseTo(0.5, 2)
  expect(above(400)).toBeCloseTo(0.01, 2)
  expect(above(400)).toBeGreaterThan(0.008)
})

test('A fixed delay is what it is', () => {
  expect(delayOf(35, 0.1, 0.9)).toBe(35)
})
