import { expect, test } from 'vitest'
import { AsyncQueue } from './async-queue.ts'

const readAll = async <T>(queue: AsyncQueue<T>): Promise<T[]> => {
  const values: T[] = []
  for await (const value of queue) values.push(value)
  return values
}

test('every value comes out once and in order, whether pushed before or while it is read', async () => {
  const queue = new AsyncQueue<number>()
  queue.push(1)
  queue.push(2)
  const reading = readAll(queue)
  await Promise.resolve()
  queue.push(3)
  setTimeout(() => {
    queue.push(4)
    queue.end()
  }, 5)
  expect(await reading).toEqual([1, 2, 3, 4])
})

test('the end lets what was pushed before be read, and takes nothing after', async () => {
  const queue = new AsyncQueue<string>()
  queue.push('before')
  queue.end()
  queue.push('after')
  queue.end()
  expect(await readAll(queue)).toEqual(['before'])
  expect(queue.size).toBe(0)
})

test('a reader that waits is woken by the end', async () => {
  const queue = new AsyncQueue<never>()
  const reading = readAll(queue)
  setTimeout(() => queue.end(), 5)
  expect(await reading).toEqual([])
})
