import { DrizzleQueryError } from 'drizzle-orm/errors'
import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { errorText } from './describe-error.ts'

// Broke: what ended the process was printed past the log, with the parameters of the statement that had failed.
test('an error on a terminal shows what failed and why, without parameters or secrets', () => {
  const failed = new DrizzleQueryError(
    'insert into "user" values ($1, $2)',
    ['canary@example.com', 'canary\n    two lines'],
    new Error('connect postgres://dashboard:canary@db.example/x failed; AKIAIOSFODNN7EXAMPLE'),
  )
  for (const error of [failed, new AppError('INTERNAL', { cause: failed })]) {
    const shown = errorText(error)
    expect(shown).not.toMatch(/canary|AKIAIO/)
    expect(shown).toContain('insert into "user"')
    expect(shown).toContain('db.example')
    expect(shown).toContain('describe-error.test.ts')
  }
})

test('an error on a terminal is never endless, and anything thrown is told of', () => {
  const loop = new Error('loop')
  loop.cause = loop
  expect(errorText(loop).split('loop').length).toBeLessThan(10)
  expect(errorText(new Error('a.'.repeat(1_000_000))).length).toBeLessThanOrEqual(8_000)
  expect(errorText('a word')).toBe('a word')
  for (const odd of [undefined, null, 1, {}]) expect(errorText(odd)).toBe('It gave no reason.')
})
