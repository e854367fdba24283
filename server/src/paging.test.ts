import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { decodeToken, encodeToken } from './paging.ts'

const Cursor = z.tuple([z.string(), z.int()])

test('a page token gives back the place it was made of, and is fit for a URL', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\u0000')),
      fc.maxSafeInteger(),
      (text, id) => {
        const token = encodeToken([text, id])
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(decodeToken(Cursor, token)).toEqual([text, id])
      },
    ),
  )
  expect(decodeToken(Cursor, undefined)).toBeUndefined()
})

test('anything else is refused as input of the user, naming the field', () => {
  const encoded = [
    null,
    1,
    'x',
    [],
    ['x'],
    [1, 1],
    ['x', 1.5],
    ['x', 1, 1],
    { 0: 'x', 1: 1 },
    ['x', null],
    ['\u0000', 1],
    ['\ud800', 1],
    ['x', 2 ** 60],
  ].map(encodeToken)
  for (const token of ['', 'x', '!', '=', 'bnVsbA==x', '..', '\u0000', ...encoded]) {
    const outcome = (() => {
      try {
        return decodeToken(Cursor, token)
      } catch (error) {
        return error
      }
    })()
    expect(outcome, token).toBeInstanceOf(AppError)
    expect((outcome as AppError).code).toBe('INVALID_INPUT')
    expect((outcome as AppError).issues?.[0]?.path).toBe('nextToken')
  }
})
