import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { many, one, oneOf, parseSearch, stringifySearch } from './search-params.ts'

const text = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
const searches = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 6 }).filter((key) => key !== '__proto__'),
  fc.oneof(text, fc.array(text, { minLength: 2, maxLength: 4 })),
  { noNullPrototype: true },
)

describe('the state in the address', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(searches, (search) => {
        expect(parseSearch(stringifySearch(search))).toEqual(search)
      }),
    )
  })

  it('stays readable', () => {
    expect(stringifySearch({ type: ['AWS::EC2::Instance'], tag: 'a/b' })).toBe('?type=AWS::EC2::Instance&tag=a/b')
  })

  it('leaves out what is not set', () => {
    expect(stringifySearch({ a: undefined, b: '', c: [] })).toBe('')
  })

  it('gives one value, many values, or none', () => {
    expect(one(['a', 'b'])).toBe('a')
    expect(one(undefined)).toBeUndefined()
    expect(many('a')).toEqual(['a'])
    expect(many([])).toBeUndefined()
    expect(oneOf(['asc', 'desc'], 'sideways')).toBeUndefined()
  })
})
