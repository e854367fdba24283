import { expect, test } from 'vitest'
import { errorCodes, type ErrorCode } from '@dashboard/contract/errors.ts'
import { AppError, notFound } from './errors.ts'

test('each error has the status, the words and the mender its code is documented with', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const error = new AppError(code)
    expect(error).toMatchObject({ name: 'AppError', code, ...errorCodes[code] })
    expect(error.status >= 500, code).toBe(
      ['aws', 'operator', 'internal'].includes(error.mendedBy) && error.status !== 422,
    )
  }
})

test('an occurrence may say more, and keeps its cause', () => {
  const cause = new Error('below')
  expect(new AppError('NOT_READY', { message: 'Not yet.', cause, fix: null })).toMatchObject({
    message: 'Not yet.',
    cause,
    fix: undefined,
  })
  expect(notFound('job')).toMatchObject({ code: 'NOT_FOUND', message: 'There is no job with this id.' })
})
