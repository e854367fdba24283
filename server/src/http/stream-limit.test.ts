import { expect, test } from 'vitest'
import { createStreamLimit } from './stream-limit.ts'

// Broke: one signed-in session could open event streams until the process had no sockets left.
test('a session opens as many streams as it may, the process as many as it may, and an ended one makes room', () => {
  const limit = createStreamLimit({ perSession: 2, perProcess: 3 })
  const full = expect.objectContaining({ code: 'TOO_MANY_REQUESTS', retryAfter: 10 })
  const close = limit.open('a')
  limit.open('a')
  expect(() => limit.open('a')).toThrow(full)
  limit.open('b')
  expect(() => limit.open('c')).toThrow(full)
  close()
  close()
  limit.open('c')
  expect(() => limit.open('a')).toThrow(full)
})
