import { format, inspect } from 'node:util'
import { expect, test } from 'vitest'
import { Secret } from './secret.ts'

const canary = 'canary-9f2c'

test('a secret gives its value only to who asks for it by name', () => {
  expect(new Secret(canary).reveal()).toBe(canary)
  const bytes = Buffer.from(canary)
  expect(new Secret(bytes).reveal()).toBe(bytes)
})

test('a secret prints as [redacted] in every way a value can be printed', () => {
  const secret = new Secret(canary)
  const failure = new Error(`with ${String(secret)}`, { cause: secret })
  const holders = [
    secret,
    { secret },
    [secret],
    new Map([['secret', secret]]),
    new Set([secret]),
    { deep: { deeper: [{ secret }] } },
    failure,
    Object.assign(new Error('x'), { secret }),
  ]
  const prints: ((value: unknown) => string)[] = [
    (value) => String(value),
    (value) => JSON.stringify([value]),
    (value) => inspect(value, { depth: 9, showHidden: true }),
    (value) => inspect(value, { customInspect: false, depth: 9, showHidden: true }),
    (value) => format('%s %o %O %j %d', value, value, value, value, value),
    (value) => Object.entries(value as object).join(),
    (value) => JSON.stringify({ ...(value as object) }),
    (value) => JSON.stringify(structuredClone(Object.keys(value as object))),
  ]
  for (const print of prints) for (const holder of holders) expect(print(holder)).not.toContain(canary)
  expect(['', secret].join('')).toBe('[redacted]')
  expect(`a${String(secret)}`).toBe('a[redacted]')
  expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}')
  expect(inspect({ secret })).toBe('{ secret: [redacted] }')
  expect(Object.keys(secret)).toEqual([])
})
