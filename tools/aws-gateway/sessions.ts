import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

/** A session of a role. `expiresAt` in milliseconds. */
export const Session = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  accountId: z.string(),
  roleArn: z.string(),
  roleId: z.string(),
  sessionName: z.string(),
  sessionPolicy: z.string().optional(),
  expiresAt: z.number(),
})
export type Session = z.infer<typeof Session>

export interface Sessions {
  /** Makes the keys of a session and the token that carries it. */
  issue(session: Omit<Session, 'accessKeyId' | 'secretAccessKey'>): Session & { sessionToken: string }
  /** The session in a token, expired or not; undefined when we did not make the token. */
  open(sessionToken: string): Session | undefined
}

/** All tokens of AWS's STS begin like this (the words "origin_ec" in base64). */
const prefix = 'IQoJb3JpZ2luX2Vj'
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Sessions live in their tokens, sealed with a key beside the journal: nothing to store, and a session issued before a
 * restart goes on until it expires. The key file has mode 0600.
 */
export function createSessions(keyFile: string): Sessions {
  const key = loadKey(keyFile)
  return {
    issue(fields) {
      const session = { ...fields, accessKeyId: `ASIA${randomId(16)}`, secretAccessKey: randomBytes(30).toString('base64') }
      return { ...session, sessionToken: seal(key, JSON.stringify(session)) }
    },
    open(token) {
      const text = unseal(key, token)
      return text === undefined ? undefined : Session.parse(JSON.parse(text))
    },
  }
}

function loadKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  return readFileSync(file)
}

function seal(key: Buffer, text: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

function unseal(key: Buffer, token: string): string | undefined {
  if (!token.startsWith(prefix)) return undefined
  const bytes = Buffer.from(token.slice(prefix.length), 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

function randomId(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % 32]).join('')
}
