import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto'

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  /** As PEM, the way a confused verifier might use it as an HMAC secret. */
  publicPem: string
  publicX: string
}

export interface Claims {
  iss: string
  aud: string
  sub: string
  sid: string
  tv: number
}

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const signed = (key: KeyObject, header: object, payload: object): string => {
  const text = `${encode(header)}.${encode(payload)}`
  return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
}

const hmac = (secret: string | Buffer, header: object, payload: object): string => {
  const text = `${encode(header)}.${encode(payload)}`
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

const payloadOf = (claims: Claims): Record<string, unknown> => {
  const now = Math.floor(Date.now() / 1000)
  return { ...claims, jti: randomUUID(), iat: now, exp: now + 300 }
}

const headerOf = ({ kid }: SigningKey) => ({ alg: 'EdDSA', typ: 'at+jwt', kid })

/** A token exactly as the product makes them: what shows that the others fail for the one thing changed. */
export const rightToken = (key: SigningKey, claims: Claims): string =>
  signed(key.privateKey, headerOf(key), payloadOf(claims))

const without = (payload: Record<string, unknown>, name: string): Record<string, unknown> => {
  const { [name]: _left, ...rest } = payload
  return rest
}

/** Right in everything, signed with the right key, but for one claim or header. */
const nearlyRight = (key: SigningKey, claims: Claims): Record<string, string> => {
  const header = headerOf(key)
  const payload = payloadOf(claims)
  const now = Math.floor(Date.now() / 1000)
  const withClaim = (name: string, value: unknown): string =>
    signed(key.privateKey, header, { ...payload, [name]: value })
  const withHeader = (changes: object): string => signed(key.privateKey, { ...header, ...changes }, payload)
  return {
    'expired an hour ago': withClaim('exp', now - 3600),
    'expired this second': withClaim('exp', now),
    'not valid before tomorrow': withClaim('nbf', now + 86_400),
    'an expiry in words': withClaim('exp', 'never'),
    'without exp': signed(key.privateKey, header, without(payload, 'exp')),
    'without sub': signed(key.privateKey, header, without(payload, 'sub')),
    'without sid': signed(key.privateKey, header, without(payload, 'sid')),
    'without jti': signed(key.privateKey, header, without(payload, 'jti')),
    'without tv': signed(key.privateKey, header, without(payload, 'tv')),
    'without iss': signed(key.privateKey, header, without(payload, 'iss')),
    'without aud': signed(key.privateKey, header, without(payload, 'aud')),
    'for another audience': withClaim('aud', randomUUID()),
    'by another issuer': withClaim('iss', randomUUID()),
    'for another user': withClaim('sub', randomUUID()),
    'for a session that is none': withClaim('sid', randomUUID()),
    'for a session named in SQL': withClaim('sid', "' or 1=1--"),
    'an older token version': withClaim('tv', claims.tv - 1),
    'a later token version': withClaim('tv', claims.tv + 1),
    'a token version in words': withClaim('tv', String(claims.tv)),
    'typ JWT': withHeader({ typ: 'JWT' }),
    'typ refresh': withHeader({ typ: 'rt+jwt' }),
    'without typ': signed(key.privateKey, { alg: 'EdDSA', kid: key.kid }, payload),
    'without kid': signed(key.privateKey, { alg: 'EdDSA', typ: 'at+jwt' }, payload),
    'an unknown critical header': withHeader({ crit: ['x-must'], 'x-must': 1 }),
    'an empty critical list': withHeader({ crit: [] }),
    'an unencoded payload': withHeader({ crit: ['b64'], b64: false }),
    'an unknown kid': withHeader({ kid: randomUUID() }),
    'a kid that is a path': withHeader({ kid: '../../../../dev/null' }),
    'a kid in SQL': withHeader({ kid: `x' union select '${key.kid}'--` }),
    'a kid with NUL': withHeader({ kid: `${key.kid}\u0000` }),
    'a kid of Object': withHeader({ kid: '__proto__' }),
    'a kid that is a number': withHeader({ kid: 1 }),
    'a kid that is a list': withHeader({ kid: [key.kid] }),
    'a payload that is a list': signed(key.privateKey, header, [payload]),
    'a payload that is text': `${encode(header)}.${encode('hello')}.${sign(null, Buffer.from(`${encode(header)}.${encode('hello')}`), key.privateKey).toString('base64url')}`,
  }
}

/** Claims all right, but no signature of ours. */
const wronglySigned = (key: SigningKey, claims: Claims): Record<string, string> => {
  const header = headerOf(key)
  const payload = payloadOf(claims)
  const attacker = generateKeyPairSync('ed25519')
  const jwk = attacker.publicKey.export({ format: 'jwk' })
  const unsigned = (alg: string): string => `${encode({ ...header, alg })}.${encode(payload)}.`
  const hs = { ...header, alg: 'HS256' }
  return {
    'alg none': unsigned('none'),
    'alg nOnE': unsigned('nOnE'),
    'alg NONE with a signature': `${unsigned('NONE')}AAAA`,
    'alg empty': unsigned(''),
    'EdDSA without a signature': unsigned('EdDSA'),
    'HS256 with the public key as PEM': hmac(key.publicPem, hs, payload),
    'HS256 with the public key as bytes': hmac(Buffer.from(key.publicX, 'base64url'), hs, payload),
    'HS256 with the public key as text': hmac(key.publicX, hs, payload),
    'HS256 with nothing': hmac('', hs, payload),
    'another key under our kid': signed(attacker.privateKey, header, payload),
    'an embedded key': signed(attacker.privateKey, { ...header, jwk }, payload),
    'an embedded key without kid': signed(attacker.privateKey, { alg: 'EdDSA', typ: 'at+jwt', jwk }, payload),
    'a key to fetch': signed(attacker.privateKey, { ...header, jku: 'http://127.0.0.1:9/keys' }, payload),
    'a certificate to fetch': signed(attacker.privateKey, { ...header, x5u: 'http://127.0.0.1:9/x' }, payload),
    'alg ES256 over an Ed25519 signature': signed(key.privateKey, { ...header, alg: 'ES256' }, payload),
    'alg Ed25519 in other letters': signed(key.privateKey, { ...header, alg: 'eddsa' }, payload),
  }
}

const nextLetter = (letter: string): string => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return letters[letters.indexOf(letter) ^ 1] ?? 'A'
}

/** A right token written differently or damaged. */
const rewritten = (token: string): Record<string, string> => {
  const [head = '', body = '', signature = ''] = token.split('.')
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
  return {
    'padding in the header': `${head}=.${body}.${signature}`,
    'padding in the payload': `${head}.${body}==.${signature}`,
    'padding in the signature': `${token}==`,
    'stray bits in the last letter': `${token.slice(0, -1)}${nextLetter(token.at(-1) ?? '')}`,
    'a fourth part': `${token}.x`,
    'an empty fourth part': `${token}.`,
    'two parts': `${head}.${body}`,
    'base64 for base64url': `${head}.${body}.${Buffer.from(signature, 'base64url').toString('base64')}`,
    'a signature cut short': `${head}.${body}.${signature.slice(0, -4)}`,
    'a signature and more': `${token}AAAA`,
    'another payload': `${head}.${encode({ ...payload, tv: 999 })}.${signature}`,
    'the same payload in other words': `${head}.${encode(`${JSON.stringify(payload)} `)}.${signature}`,
    'header and payload exchanged': `${body}.${head}.${signature}`,
    'JSON serialisation': encode({ payload: body, protected: head, signature }),
    'the word undefined': 'undefined',
    'three dots': '...',
    'a very long one': `${'a'.repeat(5_000)}.a.a`,
  }
}

/** Everything that is no access token of ours, by what is wrong with it. */
export const forgedTokens = (key: SigningKey, claims: Claims): Record<string, string> => ({
  ...nearlyRight(key, claims),
  ...wronglySigned(key, claims),
  ...rewritten(rightToken(key, claims)),
})
