import type { Role } from '@dashboard/contract/auth.ts'

/** The part of JSON Schema that our contract's schemas use. */
export interface Schema {
  $ref?: string
  type?: string
  format?: string
  description?: string
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

interface Content {
  [mediaType: string]: { schema?: Schema }
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

export interface Answer {
  description: string
  content?: Content
  headers?: Record<string, { description?: string; schema?: Schema }>
}

export interface Operation {
  operationId: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, Answer>
  'x-access': 'public' | 'signed-in' | Role[]
}

/** What `/api/openapi.json` answers, as far as the page shows it. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
  'x-error-codes': Record<string, { status: number; mendedBy: string; message: string }>
}

/** The schema that a reference leads to, with its name; any other is itself. */
export const resolve = (schema: Schema, schemas: Record<string, Schema>): { name?: string; schema: Schema } => {
  const name = schema.$ref?.split('/').at(-1)
  const target = name === undefined ? undefined : schemas[name]
  return name === undefined || target === undefined ? { schema } : { name, schema: target }
}
