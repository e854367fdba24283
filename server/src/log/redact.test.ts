import { describe, expect, test } from 'vitest'
import { redactExcerpt, redactText } from './redact.ts'

/** The least of several runs: what else the machine does only adds. */
const milliseconds = (work: () => void): number => {
  const runs = Array.from({ length: 7 }, () => {
    const began = performance.now()
    work()
    return performance.now() - began
  })
  return Math.min(...runs)
}

const repeated = [
  'eyJ',
  'a.',
  'eyJaaaaa.',
  'aB3/',
  'AKIA',
  'rt_',
  'hvs.',
  'FwoGZXIvYXdz',
  '$argon2',
  '$argon2id$"',
  '-----BEGIN ',
  '-----BEGIN A PRIVATE KEY-----',
  '://',
  '://a:',
  'a://b:c',
  'password',
  'a_',
  'a-',
  '\\n',
  '\nparams: ',
  '\\u0000',
]

describe('redaction', () => {
  // Broke: sixty kilobytes of `eyJ` or `a.` in an anonymous request kept the process busy for seconds.
  test('does no quadratic work, whatever is repeated in the text', () => {
    for (const word of repeated) {
      const text = (size: number): string => word.repeat(Math.ceil(size / word.length))
      const [short, long] = [text(20_000), text(160_000)]
      const ratio =
        milliseconds(() => redactText(long)) /
        Math.max(
          0.5,
          milliseconds(() => redactText(short)),
        )
      // Eight times the text: quadratic work would be sixty-four times as much, and a busy machine blurs the rest.
      expect(ratio, JSON.stringify(word)).toBeLessThan(32)
    }
  })

  test('of an excerpt takes as long for a long text as for a short one', () => {
    for (const word of repeated) {
      const text = word.repeat(1_000_000)
      const whole = redactExcerpt(text, 500)
      expect(whole.length, word).toBeLessThanOrEqual(500)
      const few = milliseconds(() => redactExcerpt(text.slice(0, 5_000), 500))
      expect(
        milliseconds(() => redactExcerpt(text, 500)),
        word,
      ).toBeLessThan(20 * Math.max(0.5, few))
    }
  })

  test('of an excerpt shows no half of a secret that the cut goes through', () => {
    const secrets = [
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'AKIAIOSFODNN7EXAMPLE',
      'postgres://dashboard:canary-canary@db.example/x',
      `eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.${'aB3_'.repeat(20)}`,
    ]
    for (const secret of secrets) {
      for (let before = 440; before <= 500; before += 1) {
        const shown = redactExcerpt(
          `${'. '.repeat(before / 2)}${' '.repeat(before % 2)}${secret} ${'x '.repeat(5_000)}`,
          500,
        )
        for (const part of ['wJalrX', 'AKIAIO', 'canary', 'eyJhbG']) expect(shown, String(before)).not.toContain(part)
      }
    }
  })

  test('of tokens finds each of them, glued to dots, words and one another', () => {
    const token = 'eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'
    for (const text of [
      `.${token}`,
      `..${token}.`,
      `a.b.${token}`,
      `n${token}`,
      `${token},${token}`,
      `x ${token}.${token}`,
    ])
      expect(redactText(text), text).not.toMatch(/eyJ|c2ln/)
    for (const kept of ['a.b.c', 'eyJ', 'www.keyJoy.example', '1.2.3.4', 'eyJhbGciOi.b'])
      expect(redactText(kept)).toBe(kept)
  })
})
