import type { z } from 'zod'
import { AppError } from './errors.ts'
import { isStorable } from './storable.ts'

/** Opaque to clients: where the next page starts. */
export const encodeToken = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** @throws AppError INVALID_INPUT when it is not a token we gave. */
export const decodeToken = <T extends z.ZodType>(schema: T, token: string | undefined): z.output<T> | undefined => {
  if (token === undefined) return undefined
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'))
    if (!isStorable(value)) throw new Error('text that no row can hold')
    return schema.parse(value)
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {
      cause,
      issues: [{ path: 'nextToken', message: 'This is not a nextToken of this list; leave it out to start anew.' }],
    })
  }
}
