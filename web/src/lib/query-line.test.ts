import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatQueryLine,
  isEmptyFilter,
  lastWord,
  parseQueryLine,
  queryKeys,
  tokenOf,
  tokenParts,
  withoutToken,
  withToken,
  type QueryFilter,
} from './query-line.ts'

const value = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text !== '')
const words = fc
  .array(
    fc.string({ minLength: 1, maxLength: 10 }).filter((word) => !/\s/.test(word)),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.join(' '))
const when = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('m', 'h', 'd'))
    .map(([count, unit]) => `${count}${unit}`),
  fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
)
const filters: fc.Arbitrary<QueryFilter> = fc
  .record(
    {
      ...Object.fromEntries(queryKeys.map((key) => [key, fc.uniqueArray(value, { minLength: 1, maxLength: 3 })])),
      change: fc.uniqueArray(fc.constantFrom('CREATED', 'CHANGED', 'DELETED'), { minLength: 1 }),
      changedSince: when,
      changedUntil: when,
      text: words,
    },
    { requiredKeys: [] },
  )
  .map((filter) => filter as QueryFilter)

describe('the query line', () => {
  it('reads tokens and free text', () => {
    expect(parseQueryLine('service:ec2 region:eu-west-1 tag:env=prod type:AWS::EC2::Instance web server')).toEqual({
      service: ['ec2'],
      region: ['eu-west-1'],
      tag: ['env=prod'],
      type: ['AWS::EC2::Instance'],
      text: 'web server',
    })
  })

  it('reads tags by their keys, and what changed when', () => {
    expect(parseQueryLine('tag.env=prod tag:owner environment:production changed<24h change:deleted')).toEqual({
      tag: ['env=prod', 'owner'],
      environment: ['production'],
      changedSince: '24h',
      change: ['DELETED'],
    })
    expect(parseQueryLine('changed>7d')).toEqual({ changedUntil: '7d' })
    expect(parseQueryLine('changed>2026-11-01')).toEqual({ changedSince: '2026-11-01T00:00:00.000Z' })
    expect(parseQueryLine('tag.owner="Jane Doe"')).toEqual({ tag: ['owner=Jane Doe'] })
  })

  it('takes a time it cannot read for text', () => {
    expect(parseQueryLine('changed<soon')).toEqual({ text: 'changed<soon' })
  })

  it('shows a tag by its key, and a time as it is typed', () => {
    expect(tokenParts('tag', 'env=prod')).toEqual(['tag.env=', 'prod'])
    expect(tokenParts('tag', 'env')).toEqual(['tag:', 'env'])
    expect(tokenParts('changedSince', '24h')).toEqual(['changed<', '24h'])
    expect(tokenParts('change', 'DELETED')).toEqual(['change:', 'deleted'])
  })

  it('takes an ARN for free text, although it has colons', () => {
    expect(parseQueryLine('arn:aws:s3:::logs')).toEqual({ text: 'arn:aws:s3:::logs' })
  })

  it('keeps blanks inside quotes', () => {
    expect(parseQueryLine('account:"Payments prod" tag:"cost centre=a b"')).toEqual({
      account: ['Payments prod'],
      tag: ['cost centre=a b'],
    })
  })

  it('reads an unclosed quote to the end of the line', () => {
    expect(parseQueryLine('account:"Payments pr')).toEqual({ account: ['Payments pr'] })
  })

  it('ignores a key whose value is still missing', () => {
    expect(isEmptyFilter(parseQueryLine('region: '))).toBe(true)
  })

  it('takes a quoted word for text even when it looks like a token', () => {
    expect(parseQueryLine('"state:odd"')).toEqual({ text: 'state:odd' })
  })

  it('reads back every filter it writes', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(parseQueryLine(formatQueryLine(filter))).toEqual(filter)
      }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (line) => {
        expect(typeof formatQueryLine(parseQueryLine(line))).toBe('string')
      }),
    )
  })

  it('adds a value once and forgets a key with its last value', () => {
    const once = withToken(withToken({}, 'region', 'eu-west-1'), 'region', 'eu-west-1')
    expect(once).toEqual({ region: ['eu-west-1'] })
    expect(withoutToken(once, 'region', 'eu-west-1')).toEqual({})
  })

  it('knows which word is being typed, blanks inside quotes included', () => {
    expect(lastWord('service:ec2 region:eu')).toBe('region:eu')
    expect(lastWord('account:"Payments pr')).toBe('account:"Payments pr')
    expect(lastWord('service:ec2 ')).toBe('')
  })

  it('reads a pasted page of text at once', () => {
    const started = performance.now()
    for (const piece of ['"', '\\', '"\\', 'a" ']) lastWord(formatQueryLine(parseQueryLine(piece.repeat(20_000))))
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('knows keys in any case', () => {
    expect(tokenOf('Region:eu-west-1')).toEqual({ key: 'region', value: 'eu-west-1' })
  })
})
