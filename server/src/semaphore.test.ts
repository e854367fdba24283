import { expect, test } from 'vitest'
import { semaphore } from './semaphore.ts'

const tick = () => new Promise((resolve) => setTimeout(resolve, 1))

test('never more tasks run at once than allowed, all of them run, and in the order they came', async () => {
  for (const limit of [1, 2, 5]) {
    const inTurn = semaphore(limit)
    const started: number[] = []
    let running = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        inTurn(async () => {
          started.push(index)
          running += 1
          most = Math.max(most, running)
          await tick()
          running -= 1
        }),
      ),
    )
    expect(most).toBe(limit)
    expect(started).toEqual(Array.from({ length: 30 }, (_, index) => index))
  }
})

test('a task that fails gives its place back and its error to who asked', async () => {
  const inTurn = semaphore(2)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      inTurn(async () => {
        await tick()
        if (index % 2 === 0) throw new Error(`task ${index}`)
        return index
      }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  expect(await inTurn(() => Promise.resolve('still works'))).toBe('still works')
})
