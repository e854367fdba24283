import { describe, expect, test } from 'vitest'
import { createAbsenceProof } from './service-is-absent.ts'

const notFound = (hostname: string) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND', hostname })

/** A resolver that knows these names; without a network it knows none. */
const resolver = (names: string[], network = { up: true }) => {
  const asked: string[] = []
  const lookup = (host: string): Promise<unknown> => {
    asked.push(host)
    return network.up && names.includes(host)
      ? Promise.resolve({ address: '192.0.2.1' })
      : Promise.reject(notFound(host))
  }
  return { lookup, asked }
}

describe('a service whose name is not there', () => {
  const missing = 'lambda.eu-west-1.amazonaws.com'

  test('is absent where another of the region has a name, and is asked for once', async () => {
    const { lookup, asked } = resolver(['sts.eu-west-1.amazonaws.com'])
    const isAbsent = createAbsenceProof(lookup)
    expect(
      await Promise.all([isAbsent(notFound(missing), 'eu-west-1'), isAbsent(notFound(missing), 'eu-west-1')]),
    ).toEqual([true, true])
    expect(asked).toEqual(['sts.eu-west-1.amazonaws.com', missing])
  })

  test('is not absent without a network, nor when the network is back as it is asked for again', async () => {
    expect(await createAbsenceProof(resolver([], { up: false }).lookup)(notFound(missing), 'eu-west-1')).toBe(false)
    const back = resolver(['sts.eu-west-1.amazonaws.com', missing])
    expect(await createAbsenceProof(back.lookup)(notFound(missing), 'eu-west-1')).toBe(false)
    expect(await createAbsenceProof(() => Promise.reject(new Error('EAI_AGAIN')))(notFound(missing), 'eu-west-1')).toBe(
      false,
    )
  })

  test('is looked for under the names of its partition', async () => {
    const { lookup, asked } = resolver(['sts.cn-north-1.amazonaws.com.cn'])
    expect(await createAbsenceProof(lookup)(notFound('lambda.cn-north-1.amazonaws.com.cn'), 'cn-north-1')).toBe(true)
    expect(asked[0]).toBe('sts.cn-north-1.amazonaws.com.cn')
  })

  test('is known by its dual-stack name too', async () => {
    const { lookup } = resolver(['sts.eu-west-1.amazonaws.com', 'sts.cn-north-1.amazonaws.com.cn'])
    const isAbsent = createAbsenceProof(lookup)
    expect(await isAbsent(notFound('lambda.eu-west-1.api.aws'), 'eu-west-1')).toBe(true)
    expect(await isAbsent(notFound('lambda.cn-north-1.api.amazonwebservices.com.cn'), 'cn-north-1')).toBe(true)
    expect(await isAbsent(notFound('lambda.cn-north-1.api.amazonwebservices.com.cn'), 'eu-west-1')).toBe(false)
  })

  test('is there where only its FIPS or dual-stack endpoint is missing: nothing of it was read', async () => {
    const { lookup } = resolver([
      'sts.eu-west-1.amazonaws.com',
      'ec2.eu-west-1.amazonaws.com',
      's3.eu-west-1.amazonaws.com',
      'batch.eu-west-1.amazonaws.com',
    ])
    const isAbsent = createAbsenceProof(lookup)
    for (const host of [
      'ec2-fips.eu-west-1.amazonaws.com',
      'ec2.eu-west-1.api.aws',
      'ec2-fips.eu-west-1.api.aws',
      's3-fips.dualstack.eu-west-1.amazonaws.com',
      'fips.batch.eu-west-1.amazonaws.com',
    ])
      expect(await isAbsent(notFound(host), 'eu-west-1'), host).toBe(false)
    expect(await isAbsent(notFound('lambda-fips.eu-west-1.amazonaws.com'), 'eu-west-1')).toBe(true)
  })

  test('is no matter of an endpoint of the configuration or of another error', async () => {
    const isAbsent = createAbsenceProof(resolver(['sts.eu-west-1.amazonaws.com']).lookup)
    for (const error of [
      notFound('gateway.example'),
      notFound('evilamazonaws.com'),
      Object.assign(notFound(missing), { code: 'EAI_AGAIN' }),
      Object.assign(new Error('x'), { code: 'ENOTFOUND' }),
      undefined,
      null,
      'ENOTFOUND',
    ])
      expect(await isAbsent(error, 'eu-west-1')).toBe(false)
  })
})
