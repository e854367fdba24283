import { describe, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import { hashPassword, oneTimePassword, requireStrongPassword, verifyNobody, verifyPassword } from './passwords.ts'

describe('a stored password', () => {
  test('is an argon2id hash of 46 MiB with a salt of its own, and no other password fits', async () => {
    const [first, second] = await Promise.all([
      hashPassword('seven green bottles'),
      hashPassword('seven green bottles'),
    ])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/)
    expect(first).not.toBe(second)
    expect(await verifyPassword(first, 'seven green bottles')).toBe(true)
    for (const wrong of ['', 'Seven green bottles', 'seven green bottles ', 'seven green bottle', first])
      expect(await verifyPassword(first, wrong), wrong).toBe(false)
  })

  test('is compared whole: the seventy-third letter counts', async () => {
    const long = 'x'.repeat(72)
    expect(await verifyPassword(await hashPassword(`${long}a`), `${long}b`)).toBe(false)
  })

  test('of nobody fits nothing', async () => {
    expect(await verifyNobody('')).toBe(false)
    expect(await verifyNobody('anything')).toBe(false)
  })
})

// Broke: every sign-in attempt waited in a queue without end, and a flood of them kept everybody out for minutes.
test('a flood of checks is refused beyond sixty-six, and those that were let in are answered', async () => {
  const hashed = await hashPassword('seven green bottles')
  const attempts = await Promise.allSettled(
    Array.from({ length: 90 }, (_, index) => verifyPassword(hashed, index % 2 === 0 ? 'seven green bottles' : 'x')),
  )
  const answered = attempts.filter((attempt) => attempt.status === 'fulfilled').map(({ value }) => value)
  expect(answered).toEqual(Array.from({ length: 66 }, (_, index) => index % 2 === 0))
  const refused = attempts.filter((attempt) => attempt.status === 'rejected')
  expect(refused).toHaveLength(24)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfter: 2 })
  expect(await verifyPassword(hashed, 'seven green bottles')).toBe(true)
})

describe('a one-time password', () => {
  test('is four groups of five letters and digits without look-alikes, and never the same', () => {
    const made = Array.from({ length: 5_000 }, oneTimePassword)
    expect(new Set(made).size).toBe(5_000)
    for (const password of made) expect(password).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/)
  })

  test('uses every letter about equally often', () => {
    const counts = new Map<string, number>()
    for (const letter of Array.from({ length: 5_000 }, oneTimePassword).join('').replaceAll('-', ''))
      counts.set(letter, (counts.get(letter) ?? 0) + 1)
    const expected = 100_000 / 31
    expect(counts.size).toBe(31)
    for (const [letter, count] of counts) expect(Math.abs(count / expected - 1), letter).toBeLessThan(0.1)
  })
})

describe('a new password', () => {
  const refusalOf = (password: string, email = 'grace.hopper@example.com'): string | undefined => {
    try {
      requireStrongPassword(password, email)
      return undefined
    } catch (error) {
      expect(error).toBeInstanceOf(AppError)
      expect((error as AppError).code).toBe('WEAK_PASSWORD')
      return (error as AppError).message
    }
  }

  test('needs twelve characters, five different ones, and neither the email name nor a common word', () => {
    expect(refusalOf('elevenchars')).toContain('12 characters')
    expect(refusalOf('aaaabbbbccccdddd')).toContain('four different')
    expect(refusalOf('Grace.Hopper-1906')).toContain('email name')
    for (const common of ['Password1234', 'qwerty!!!!!!!', 'letmein2026!!', 'ADMIN1234567', 'changeme....1'])
      expect(refusalOf(common), common).toContain('common')
  })

  test('may be anything else, in any script', () => {
    for (const strong of [
      'seven green bottles',
      'correct horse battery',
      'пароль-как-песня',
      '日本語のパスワードです長い',
      'passwords are songs',
      'p4ssw0rd but longer',
    ])
      expect(refusalOf(strong), strong).toBeUndefined()
    expect(refusalOf('ann-of-green-gables', 'ann@example.com')).toBeUndefined()
  })
})
