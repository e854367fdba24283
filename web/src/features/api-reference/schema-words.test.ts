import { describe, expect, it } from 'vitest'
import type { Schema } from './document.ts'
import { descriptionOf, limitWords, partsOf, typeWords } from './schema-words.ts'

const account: Schema = { $ref: '#/components/schemas/AWSAccount' }
const fields: Schema = { type: 'object', properties: { id: { type: 'string' } } }

describe('a schema in words', () => {
  it.each<[Schema, string]>([
    [account, 'AWSAccount'],
    [{ type: 'string', format: 'uuid' }, 'string (uuid)'],
    [{ type: 'array', items: account }, 'list of AWSAccount'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
    [{ enum: ['a', 'b'], type: 'string' }, '"a" | "b"'],
    [{ const: 'global' }, '"global"'],
    [{ type: 'object', additionalProperties: { type: 'integer' } }, 'map of integer'],
    [{ anyOf: [account, { type: 'array', items: account }] }, 'AWSAccount, once or several times'],
    [{ anyOf: [{ type: 'string' }, { type: 'array', items: account }] }, 'string | list of AWSAccount'],
    [{}, 'any'],
  ])('says what a value is: %j', (schema, words) => expect(typeWords(schema)).toBe(words))

  it('says what is refused, but not which numbers JavaScript can hold', () => {
    expect(limitWords({ type: 'integer', minimum: 1, maximum: 200, default: 50 })).toEqual(['1 to 200', 'default 50'])
    expect(limitWords({ type: 'integer', minimum: -(2 ** 53 - 1), maximum: 2 ** 53 - 1 })).toEqual([])
    expect(limitWords({ type: 'string', maxLength: 128, pattern: '^a$', examples: ['a'] })).toEqual([
      'at most 128 characters',
      'matches ^a$',
      'for example "a"',
    ])
  })

  it('has the parts that have fields of their own, and no others', () => {
    expect(partsOf({ anyOf: [{ type: 'array', items: account }, { type: 'null' }] })).toEqual([account])
    expect(partsOf({ anyOf: [account, { type: 'array', items: account }] })).toEqual([account])
    expect(partsOf({ anyOf: [fields, { type: 'string' }] })).toEqual([fields])
    expect(partsOf({ type: 'string' })).toEqual([])
  })

  it('has the words of what may be given several times', () => {
    const one: Schema = { type: 'string', description: 'AWS account id.' }
    expect(descriptionOf({ anyOf: [one, { type: 'array', items: one }] })).toBe('AWS account id.')
    expect(descriptionOf({ ...one, anyOf: [one] })).toBe('AWS account id.')
    expect(descriptionOf({ anyOf: [one, { type: 'null' }] })).toBeUndefined()
  })
})
