import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../errors.ts'
import { semaphore } from '../semaphore.ts'

/** OWASP ASVS 5.0 appendix C: argon2id (the library's default), 46 MiB, one pass, one lane. */
const parameters = { memoryCost: 47_104, timeCost: 1, parallelism: 1 } as const

const atOnce = 2
/** A few seconds of work: whoever comes after these is better told to come back than kept waiting. */
const mostWaiting = 64

/**
 * Each hash takes 46 MiB and one of libuv's four threads, which also check every token's signature: more at once would
 * let sign-in attempts exhaust memory, or keep everybody else waiting.
 */
const inTurn = semaphore(atOnce)
let asked = 0

/** @throws AppError TOO_MANY_REQUESTS when the queue is full */
const queued = async <T>(work: () => Promise<T>): Promise<T> => {
  if (asked >= atOnce + mostWaiting) throw new AppError('TOO_MANY_REQUESTS', { retryAfter: 2 })
  asked += 1
  try {
    return await inTurn(work)
  } finally {
    asked -= 1
  }
}

/** @throws AppError TOO_MANY_REQUESTS while too many others wait for theirs */
export const hashPassword = (password: string): Promise<string> => queued(() => hash(password, parameters))

/** @throws AppError TOO_MANY_REQUESTS while too many others wait for theirs */
export const verifyPassword = (hashed: string, password: string): Promise<boolean> =>
  queued(() => verify(hashed, password))

let decoy: Promise<string> | undefined

/** Takes as long as a real check, so that an unknown email cannot be told from a wrong password by the clock. */
export const verifyNobody = async (password: string): Promise<false> => {
  // Past the queue, once in a process: refused there, the decoy would stay refused.
  decoy ??= hash(randomBytes(16).toString('hex'), parameters)
  await verifyPassword(await decoy, password)
  return false
}

/** 99 bits that a person can type: four groups of five letters and digits without look-alikes. */
export const oneTimePassword = (): string => {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)])
  return [0, 5, 10, 15].map((start) => letters.slice(start, start + 5).join('')).join('-')
}

/** @throws AppError WEAK_PASSWORD with the reason. */
export const requireStrongPassword = (password: string, email: string): void => {
  const refuse = (message: string): never => {
    throw new AppError('WEAK_PASSWORD', { message })
  }
  if (password.length < 12) refuse('Choose a password of at least 12 characters.')
  if (new Set(password).size < 5) refuse('Choose a password with more than four different characters.')
  const local = email.split('@')[0] ?? ''
  if (local.length >= 4 && password.toLowerCase().includes(local))
    refuse('Choose a password that does not contain your email name.')
  if (/^(?:password|passw0rd|qwerty|letmein|welcome|changeme|admin)\W*\d*\W*$/i.test(password))
    refuse('This password is on every list of common ones.')
}
