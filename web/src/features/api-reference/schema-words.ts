import { resolve, type Schema } from './document.ts'

const literal = (value: unknown): string => JSON.stringify(value)

const isNull = (schema: Schema): boolean => schema.type === 'null'

/** Of what may be given once or several times: what it is each time. */
const repeatable = ([one, list, ...others]: Schema[]): Schema | undefined =>
  others.length === 0 && list?.items !== undefined && JSON.stringify(list.items) === JSON.stringify(one)
    ? one
    : undefined

/** What a value of the schema is, in a line: `AWSAccount`, `list of string`, `"a" | "b" | null`. */
export const typeWords = (schema: Schema): string => {
  if (schema.$ref !== undefined) return resolve(schema, {}).name ?? schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  const repeated = either && repeatable(either)
  if (repeated !== undefined) return `${typeWords(repeated)}, once or several times`
  if (either !== undefined) return [...new Set(either.map(typeWords))].join(' | ')
  if (schema.type === 'array') return `list of ${typeWords(schema.items ?? {})}`
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object')
    return `map of ${typeWords(schema.additionalProperties)}`
  return schema.type === undefined
    ? 'any'
    : schema.format === undefined
      ? schema.type
      : `${schema.type} (${schema.format})`
}

/** Its own words, or those of what may be given several times. */
export const descriptionOf = (schema: Schema): string | undefined =>
  schema.description ?? repeatable(schema.anyOf ?? [])?.description

/** A bound that only says which numbers JavaScript can hold says nothing. */
const said = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < 2 ** 53 - 1

const range = (least: number | undefined, most: number | undefined, of: string): string[] => {
  if (said(least) && said(most)) return [`${least} to ${most}${of}`]
  if (said(least)) return least === 0 && of !== '' ? [] : [`at least ${least}${of}`]
  return said(most) ? [`at most ${most}${of}`] : []
}

/** What values are refused, and what holds without one. */
export const limitWords = (schema: Schema): string[] => [
  ...range(schema.minimum, schema.maximum, ''),
  ...range(schema.minLength, schema.maxLength, ' characters'),
  ...range(schema.minItems, schema.maxItems, ' items'),
  ...(schema.pattern === undefined || schema.format !== undefined ? [] : [`matches ${schema.pattern}`]),
  ...(schema.default === undefined ? [] : [`default ${literal(schema.default)}`]),
  ...(schema.examples?.length ? [`for example ${literal(schema.examples[0])}`] : []),
]

/** Schemas inside that have fields of their own: of a list its items, of a choice each that is no plain value. */
export const partsOf = (schema: Schema): Schema[] => {
  if (schema.$ref !== undefined || schema.properties !== undefined) return [schema]
  const inner = [
    ...(schema.anyOf ?? schema.oneOf ?? []),
    ...(schema.items === undefined ? [] : [schema.items]),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ]
  const parts = inner.filter((part) => !isNull(part)).flatMap(partsOf)
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()]
}
