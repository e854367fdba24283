import fc from 'fast-check'
import { lambdaFunction } from '@dashboard/catalog/lambda/function.ts'
import { describe, expect, test } from 'vitest'
import { hashOf, redact, settle, stableJson, toJson, toJsonObject, withoutVolatile } from './recorded.ts'

/** The same content with every object's keys the other way round. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, field]) => [key, reversed(field)]),
  )
}

const jsonObject = fc.dictionary(fc.string(), fc.jsonValue())

describe('What AWS answers is recorded as JSON', () => {
  test('dates, bytes and metadata', () => {
    const answer = {
      CreateTime: new Date('2026-11-25T10:00:00Z'),
      Blob: new Uint8Array([1, 2, 3]),
      Nothing: undefined,
      $metadata: { requestId: 'r' },
      Tags: [{ At: new Date(0) }],
    }
    expect(toJsonObject(answer)).toEqual({
      CreateTime: '2026-11-25T10:00:00.000Z',
      Blob: 'AQID',
      Tags: [{ At: '1970-01-01T00:00:00.000Z' }],
    })
  })

  test('text that PostgreSQL would refuse is made storable', () => {
    expect(toJson('a\u0000b\uD800')).toBe('a\uFFFDb\uFFFD')
  })

  test('recording what is recorded changes nothing', () => {
    fc.assert(
      fc.property(fc.anything({ withDate: true, withTypedArray: true }), (value) => {
        const recorded = toJson(value)
        expect(toJson(recorded)).toEqual(recorded)
        expect(() => JSON.stringify(recorded)).not.toThrow()
      }),
    )
  })
})

describe('The hash', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(jsonObject, (item) => {
        expect(hashOf({}, reversed(item) as Record<string, unknown>)).toEqual(hashOf({}, item))
      }),
    )
  })

  test('tells different contents apart', () => {
    fc.assert(
      fc.property(jsonObject, jsonObject, (one, other) => {
        expect(hashOf({}, one).equals(hashOf({}, other))).toBe(stableJson(one) === stableJson(other))
      }),
    )
    expect(stableJson({ a: 'b":1' })).not.toBe(stableJson({ a: 'b', 1: 1 }))
  })

  test('does not depend on the order of tags and of lists without order', () => {
    const type = { tags: 'Tags', unordered: ['Groups[].Rules', 'Groups'] }
    const tag = fc.record({ Key: fc.string(), Value: fc.string() })
    const item = fc.record({ Tags: fc.array(tag), Groups: fc.array(fc.record({ Rules: fc.array(fc.nat()) })) })
    const turned = ({ Tags, Groups }: { Tags: unknown[]; Groups: { Rules: number[] }[] }) => ({
      Tags: Tags.toReversed(),
      Groups: Groups.toReversed().map(({ Rules }) => ({ Rules: Rules.toReversed() })),
    })
    fc.assert(
      fc.property(item, (one) => {
        expect(hashOf(type, settle(type, turned(one)))).toEqual(hashOf(type, settle(type, one)))
      }),
    )
  })

  test('does not depend on what moves within a list without order', () => {
    const type = { unordered: ['Instances'], volatile: ['Instances[].Health'] }
    const of = (...healths: string[]) =>
      hashOf(type, settle(type, { Instances: healths.map((Health, index) => ({ Health, Id: `i-${index}` })) }))
    expect(of('healthy', 'unhealthy')).toEqual(of('unhealthy', 'healthy'))
  })

  test('keeps the order of lists that have one', () => {
    const type = { unordered: ['Groups'] }
    const hash = (Layers: string[]) => hashOf(type, settle(type, { Layers }))
    expect(hash(['a', 'b']).equals(hash(['b', 'a']))).toBe(false)
  })

  test('ignores fields that move by themselves, and no others', () => {
    const type = { volatile: ['ItemCount', 'Indexes[].ItemCount'] }
    const hash = (ItemCount: number, Status: string) =>
      hashOf(type, { ItemCount, Indexes: [{ Name: 'i', ItemCount }], Status })
    expect(hash(1, 'ACTIVE').equals(hash(2, 'ACTIVE'))).toBe(true)
    expect(hash(1, 'ACTIVE').equals(hash(1, 'DELETING'))).toBe(false)
    expect(withoutVolatile(type, { ItemCount: 1, Indexes: [{ Name: 'i', ItemCount: 1 }] })).toEqual({
      Indexes: [{ Name: 'i' }],
    })
  })
})

describe('Documents', () => {
  const policy = { Version: '2012-10-17', Statement: [] }
  const settled = (Policy: unknown) => settle({ documents: ['Policy'] }, { Policy })['Policy']

  test('are recorded parsed, URL-encoded or not', () => {
    expect(settled(JSON.stringify(policy))).toEqual(policy)
    expect(settled(encodeURIComponent(JSON.stringify(policy)))).toEqual(policy)
  })

  test('stay text where they are no JSON, and parsed where they are already', () => {
    expect(settled('%not-a-document')).toBe('%not-a-document')
    expect(settled(policy)).toEqual(policy)
  })
})

describe('Redaction', () => {
  test('keeps the keys of an environment and none of its values', () => {
    const canary = 'canary-31337'
    const Variables = { PASSWORD: canary, NESTED: [canary, { DEEPER: canary }] }
    const redacted = redact(lambdaFunction, { FunctionName: 'f', Environment: { Variables } })
    expect(JSON.stringify(redacted)).not.toContain(canary)
    expect(redacted).toEqual({
      FunctionName: 'f',
      Environment: { Variables: { PASSWORD: '[redacted]', NESTED: ['[redacted]', { DEEPER: '[redacted]' }] } },
    })
  })
})
