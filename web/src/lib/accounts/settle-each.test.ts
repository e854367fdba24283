import { expect, it } from 'vitest'
import { settleEach } from './settle-each.ts'

it('goes on past a failure, tells each one, and never works on more than it may at once', async () => {
  let [now, most] = [0, 0]
  const told: number[] = []
  const failures = await settleEach(
    [1, 2, 3, 4, 5, 6],
    async (thing) => {
      most = Math.max(most, ++now)
      await Promise.resolve()
      now--
      if (thing === 3) throw new Error('no')
    },
    { atOnce: 2, onDone: (done) => told.push(done) },
  )
  expect(failures.map(({ thing }) => thing)).toEqual([3])
  expect(told).toEqual([1, 2, 3, 4, 5, 6])
  expect(most).toBe(2)
})
