import type { FieldNotes } from './field-notes.ts'

interface Schema {
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  additionalProperties?: boolean | Schema
}

interface Parameter extends Schema {
  name: string
  schema?: Schema
}

type Say = (field: string) => string | undefined

/** Its own field's words where the schema has none; a reference may carry words beside it. */
const describe = (target: Schema, words: string | undefined): void => {
  if (words !== undefined) target.description ??= words
}

const describeFields = (schema: Schema, say: Say): void => {
  for (const [name, value] of Object.entries(schema.properties ?? {})) {
    describe(value, say(name))
    describeFields(value, say)
  }
  const inside = [schema.items, schema.additionalProperties, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  for (const part of inside) if (typeof part === 'object') describeFields(part, say)
}

/** Words for a named schema and its fields. */
export const describeComponent = (name: string, schema: Schema, notes: FieldNotes): void => {
  const own = notes.of(name)
  describe(schema, own.get(''))
  describeFields(schema, (field) => own.get(field))
}

/** Words for what an operation takes and answers: its own, else those of its area. */
export const describeOperation = (
  operation: { operationId?: string; parameters?: unknown[]; requestBody?: unknown; responses?: unknown },
  notes: FieldNotes,
): void => {
  const { operationId = '', parameters = [], requestBody, responses } = operation
  const [own, area] = [notes.of(operationId), notes.inArea(operationId.split('.')[0] ?? '')]
  const say: Say = (field) => own.get(field) ?? area.get(field)
  for (const parameter of parameters as Parameter[]) {
    if (parameter.schema?.description === undefined) describe(parameter, say(parameter.name))
  }
  for (const body of [requestBody, ...Object.values(responses ?? {})] as {
    content?: Record<string, { schema?: Schema }>
  }[])
    for (const { schema } of Object.values(body?.content ?? {})) if (schema !== undefined) describeFields(schema, say)
}
