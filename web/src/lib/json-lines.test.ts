import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childPath, jsonLines } from './json-lines.ts'

const written = (value: unknown) =>
  jsonLines(value)
    .map(({ key, text, comma }) => `${key === null ? '' : `${JSON.stringify(key)}:`}${text}${comma ? ',' : ''}`)
    .join('\n')

describe('raw JSON on the screen', () => {
  it('is the same JSON when read back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(written(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('knows the path of each value', () => {
    const paths = jsonLines({ Placement: { AvailabilityZone: 'eu-west-1a' }, Tags: [{ Key: 'env' }] }).map(
      ({ path }) => path,
    )
    expect(paths).toContain('Placement.AvailabilityZone')
    expect(paths).toContain('Tags[0].Key')
  })

  it('quotes keys that are no names', () => {
    expect(childPath('tags', 'aws:cloudformation:stack')).toBe('tags["aws:cloudformation:stack"]')
  })
})
