import { createHash, createHmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasDeclaredBody, hasValidSignature, parseAuthorization, signedAt, signsWhatItMust } from './sigv4.ts'
import type { WireRequest } from './wire.ts'
import { required } from './required.ts'

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const signingDate = new Date('2026-11-25T10:00:00Z')

/** The interface of the signer's hash, over node:crypto. */
class Sha256 {
  private readonly hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytesOf(data))
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }
  reset(): void {}
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)
}

interface Plain {
  method: string
  path: string
  query: Record<string, string>
  headers: Record<string, string>
  body: string
}

/** Signs with the SDK's own signer and gives the request as it would arrive. */
async function signed(service: string, { method, path, query, headers, body }: Plain): Promise<WireRequest> {
  const signer = new SignatureV4({
    service,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey },
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  })
  const request = {
    protocol: 'http:',
    hostname: 'localhost',
    method,
    path,
    query,
    headers: { host: 'localhost:8081', ...headers },
    body,
  }
  const result = await signer.sign(request, { signingDate })
  return {
    method,
    path,
    query: Object.entries(query)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&'),
    headers: Object.entries(result.headers).map(([name, value]) => [name.toLowerCase(), value]),
    body: Buffer.from(body),
  }
}

function verify(request: WireRequest, secret = secretAccessKey): boolean {
  const authorization = parseAuthorization(request.headers.find(([name]) => name === 'authorization')?.[1])
  return authorization !== undefined && hasValidSignature(request, authorization, secret)
}

const plain: Plain = {
  method: 'POST',
  path: '/',
  query: {},
  headers: { 'content-type': 'text/plain' },
  body: 'Action=DescribeVpcs',
}

describe('A signature', () => {
  it.each(['ec2', 's3', 'lambda', 'iam'])(
    'of the SDK is accepted for %s, with any path, query, header and body',
    async (service) => {
      const segment = fc
        .string({ minLength: 1, maxLength: 8, unit: 'binary' })
        .filter((text) => text !== '.' && text !== '..' && text.isWellFormed())
      const request = fc.record({
        method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
        path: fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.map(encodeURIComponent).join('/')}`),
        query: fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 6 }), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
        headers: fc.record({ 'x-amz-meta-note': fc.stringMatching(/^[a-z ]{0,12}$/) }),
        body: fc.string(),
      })
      await fc.assert(
        fc.asyncProperty(request, async (one) => {
          expect(verify(await signed(service, one))).toBe(true)
        }),
        { numRuns: 60 },
      )
    },
  )

  it('of another secret is refused', async () => {
    expect(verify(await signed('ec2', plain), `${secretAccessKey}x`)).toBe(false)
  })

  it('does not survive a change of method, path, query, header or body', async () => {
    const request = await signed('ec2', plain)
    const changes: Partial<WireRequest>[] = [
      { method: 'PUT' },
      { path: '/other' },
      { query: 'a=1' },
      { body: Buffer.from('Action=DeleteVpc') },
      { headers: request.headers.map(([name, value]) => [name, name === 'content-type' ? 'text/html' : value]) },
    ]
    expect(verify(request)).toBe(true)
    for (const change of changes) expect(verify({ ...request, ...change })).toBe(false)
  })

  it('must cover the host and every x-amz header', async () => {
    const request = await signed('ec2', plain)
    const authorization = required(
      parseAuthorization(request.headers.find(([name]) => name === 'authorization')?.[1]),
      'authorization',
    )
    expect(signsWhatItMust(request, authorization)).toBe(true)
    expect(signsWhatItMust({ ...request, headers: [...request.headers, ['x-amz-extra', '1']] }, authorization)).toBe(
      false,
    )
  })

  it('of S3 binds the body by the hash in its header', async () => {
    const request = await signed('s3', { ...plain, method: 'PUT', path: '/bucket/key' })
    expect(hasDeclaredBody(request)).toBe(true)
    expect(hasDeclaredBody({ ...request, body: Buffer.from('other') })).toBe(false)
  })

  it('carries its time', async () => {
    expect(signedAt((await signed('ec2', plain)).headers)).toBe(signingDate.getTime())
    expect(signedAt([['x-amz-date', 'yesterday']])).toBeUndefined()
  })

  it('that is not whole is none', () => {
    expect(parseAuthorization(undefined)).toBeUndefined()
    expect(parseAuthorization('Bearer x')).toBeUndefined()
    expect(
      parseAuthorization(
        'AWS4-HMAC-SHA256 Credential=A/20261125/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=abc',
      ),
    ).toBeUndefined()
  })
})
