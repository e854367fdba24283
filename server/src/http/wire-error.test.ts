import { ORPCError } from '@orpc/client'
import { ValidationError } from '@orpc/contract'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { errorBody, toAppError } from './wire-error.ts'

const withFields = (message: string, fields: object): Error => Object.assign(new Error(message), fields)

describe('whatever is thrown becomes one listed error', () => {
  test('a database that is away says so and asks for patience', () => {
    const away = [
      withFields('connect', { code: 'ECONNREFUSED', syscall: 'connect' }),
      withFields('no socket', { code: 'ENOENT', syscall: 'connect' }),
      withFields('shutting down', { code: '57P01' }),
      withFields('too many connections', { code: '53300' }),
      withFields('lost', { code: '08006' }),
      new Error('timeout exceeded when trying to connect'),
      new Error('Connection terminated unexpectedly'),
    ]
    for (const cause of away) {
      for (const error of [
        cause,
        new DrizzleQueryError('select 1', [], cause),
        new ORPCError('INTERNAL_SERVER_ERROR', { cause }),
      ]) {
        expect(toAppError(error), cause.message).toMatchObject({ code: 'DATABASE_UNAVAILABLE', status: 503 })
      }
    }
  })

  test('a missing file or an AWS that is away is not blamed on the database', () => {
    expect(toAppError(withFields('no file', { code: 'ENOENT', syscall: 'stat', status: 404 })).code).toBe('NOT_FOUND')
    expect(toAppError(withFields('no file', { code: 'ENOENT', syscall: 'open' })).code).toBe('INTERNAL')
    expect(toAppError(withFields('aws', { code: 'ECONNREFUSED', syscall: 'connect', $metadata: {} })).code).toBe(
      'INTERNAL',
    )
  })

  test('what the client did wrong is a 4xx', () => {
    const cases: [unknown, string][] = [
      [withFields('x', { type: 'entity.parse.failed', status: 400 }), 'MALFORMED_JSON'],
      [withFields('x', { type: 'entity.too.large', status: 413 }), 'PAYLOAD_TOO_LARGE'],
      [withFields('x', { type: 'charset.unsupported', status: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
      [withFields('x', { type: 'encoding.unsupported', status: 415 }), 'UNSUPPORTED_MEDIA_TYPE'],
      [withFields('x', { type: 'request.size.invalid', status: 400 }), 'MALFORMED_REQUEST'],
      [new URIError('x'), 'MALFORMED_REQUEST'],
      [withFields('range', { status: 416 }), 'MALFORMED_REQUEST'],
      [new ORPCError('NOT_FOUND'), 'UNKNOWN_ROUTE'],
      [new ORPCError('BAD_REQUEST'), 'MALFORMED_REQUEST'],
    ]
    for (const [error, code] of cases) expect(toAppError(error).code).toBe(code)
  })

  test('an error of ours keeps its code through the library', () => {
    const own = new AppError('ACCOUNT_EXISTS')
    expect(toAppError(own)).toBe(own)
    expect(toAppError(new ORPCError('ANY', { status: 500, cause: own }))).toBe(own)
  })

  test('anything else is ours to mend, and says nothing of its cause', () => {
    for (const thrown of [
      new Error('canary'),
      new TypeError('canary'),
      withFields('canary', { code: '23505' }),
      new ORPCError('INTERNAL_SERVER_ERROR', { message: 'canary' }),
      withFields('canary', { status: 500 }),
    ]) {
      const known = toAppError(thrown)
      expect(known).toMatchObject({ code: 'INTERNAL', status: 500, cause: thrown })
      expect(JSON.stringify(errorBody(known, 'id'))).not.toContain('canary')
    }
    expect(JSON.stringify(errorBody(new AppError('INTERNAL', { message: 'canary' }), 'id'))).not.toContain('canary')
  })

  test('a cause that is its own cause ends', () => {
    const loop = new Error('loop')
    loop.cause = loop
    expect(toAppError(loop).code).toBe('INTERNAL')
  })
})

// Broke: the whole text was scanned for secrets before it was cut, in time that grew with the square of its length.
test('an issue that quotes four megabytes is cut before it is scanned', () => {
  const issues = Array.from({ length: 60 }, () => ({
    path: ['eyJ'.repeat(1_000_000)],
    message: 'a.'.repeat(2_000_000),
  }))
  const cause = new ValidationError({ message: 'x', issues, data: {} })
  const known = toAppError(new ORPCError('BAD_REQUEST', { cause }))
  expect(known.code).toBe('INVALID_INPUT')
  expect(known.issues).toHaveLength(50)
  for (const { path, message } of known.issues ?? []) expect([path.length, message.length]).toEqual([500, 500])
})

test('the body has code, message and request id, and fix and issues only where there are some', () => {
  expect(errorBody(new AppError('NOT_FOUND'), 'id')).toEqual({
    code: 'NOT_FOUND',
    message: 'There is nothing under this identifier.',
    requestId: 'id',
  })
  const issues = [{ path: 'name', message: 'Too long.' }]
  expect(Object.keys(errorBody(new AppError('INVALID_INPUT', { issues, fix: { summary: 'x' } }), 'id'))).toEqual([
    'code',
    'message',
    'requestId',
    'fix',
    'issues',
  ])
})
