import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** A session of a role. `expiresAt` in milliseconds. */
const SessionFacts = z.object({
  accessKeyId: z.string(),
  accountId: z.string(),
  roleArn: z.string(),
  roleId: z.string(),
  sessionName: z.string(),
  sessionPolicy: z.string().optional(),
  expiresAt: z.number(),
})
type SessionFacts = z.infer<typeof SessionFacts>
export type Session = SessionFacts & { secretAccessKey: string }

export interface Sessions {
  /** Makes the keys of a session and the token that carries it. */
  issue(session: Omit<SessionFacts, 'accessKeyId'>): Session & { sessionToken: string }
  /** The session in a token, expired or not; undefined when we did not make the token. */
  open(sessionToken: string): Session | undefined
}

/** All tokens of AWS's STS begin like this (the words "origin_ec" in base64). */
const prefix = 'IQoJb3JpZ2luX2Vj'
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Sessions live in their tokens, under a MAC whose key lies beside the journal: nothing to store, and a session issued
 * before a restart goes on until it expires. The secret key is derived, so no token gives it away. The key file has
 * mode 0600. Without a file they end with the process.
 */
export function createSessions(keyFile: string | undefined): Sessions {
  const key = keyFile === undefined ? randomBytes(32) : loadKey(keyFile)
  const mac = (purpose: string, text: string) => createHmac('sha256', key).update(`${purpose}\n${text}`).digest()
  const whole = (facts: SessionFacts, payload: string) => ({
    ...facts,
    secretAccessKey: mac('secret', payload).toString('base64').slice(0, 40),
  })
  return {
    issue(fields) {
      const facts = { ...fields, accessKeyId: `ASIA${randomId(16)}` }
      const payload = Buffer.from(JSON.stringify(facts)).toString('base64url')
      return {
        ...whole(facts, payload),
        sessionToken: `${prefix}${payload}.${mac('token', payload).toString('base64url')}`,
      }
    },
    open(token) {
      const [payload = '', proof = ''] = token.slice(prefix.length).split('.')
      const expected = mac('token', payload)
      const given = Buffer.from(proof, 'base64url')
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
      return whole(SessionFacts.parse(JSON.parse(Buffer.from(payload, 'base64url').toString())), payload)
    },
  }
}

function loadKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  return readFileSync(file)
}

function randomId(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('')
}
