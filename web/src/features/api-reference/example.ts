import { resolve, type Schema } from './document.ts'

/** Deeper than any body of ours: a schema that holds itself must end. */
const deepest = 8

/** A value as the schema wants it, with what is required only; a text that cannot be known is named: `<roleArn>`. */
export const exampleOf = (given: Schema, schemas: Record<string, Schema>, name = 'value', depth = 0): unknown => {
  const { schema } = resolve(given, schemas)
  if (depth > deepest) return null
  if (schema.const !== undefined) return schema.const
  const known = schema.examples?.[0] ?? schema.default ?? schema.enum?.[0]
  if (known !== undefined) return known
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first !== undefined) return exampleOf(first, schemas, name, depth + 1)
  switch (schema.type ?? 'any') {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([field]) => schema.required?.includes(field))
          .map(([field, value]) => [field, exampleOf(value, schemas, field, depth + 1)]),
      )
    case 'array':
      return (schema.minItems ?? 0) > 0 ? [exampleOf(schema.items ?? {}, schemas, name, depth + 1)] : []
    case 'integer':
    case 'number':
      return schema.minimum !== undefined && schema.minimum > 0 ? schema.minimum : 0
    case 'boolean':
      return false
    case 'null':
      return null
    default:
      return `<${name}>`
  }
}
