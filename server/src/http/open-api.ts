import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '@dashboard/contract/contract.ts'
import { errorCodes } from '@dashboard/contract/errors.ts'
import { type Access, access } from './access.ts'
import { componentSchemas } from './open-api/component-schemas.ts'
import { describeComponent, describeOperation } from './open-api/describe-fields.ts'
import { errorAnswers } from './open-api/error-answers.ts'
import { readFieldNotes } from './open-api/field-notes.ts'

const generate = () =>
  new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: {
      title: 'AWS Integration Dashboard',
      version: '0.1.0',
      description: 'Send an access token as `Authorization: Bearer`; `POST /auth/login` gives one. Lists are paged.',
    },
    servers: [{ url: '/api' }],
    commonSchemas: componentSchemas(),
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
  })

type Document = Awaited<ReturnType<typeof generate>>

const accessOf = (operationId: string | undefined): Access => {
  const [area = '', operation = ''] = (operationId ?? '').split('.')
  const table = access as unknown as Record<string, Record<string, Access>>
  return table[area]?.[operation] ?? []
}

/** What the schemas do not say: the words of the contract's comments, who may call an operation, how it may fail. */
const complete = async (document: Document): Promise<Document & Record<`x-${string}`, unknown>> => {
  const notes = await readFieldNotes(['vocabulary', 'errors', ...Object.keys(contract)])
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {}))
    describeComponent(name, schema, notes)
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const operation of Object.values(item ?? {})) {
      if (operation === null || typeof operation !== 'object' || !('responses' in operation)) continue
      const allowed = accessOf(operation.operationId)
      const hasBody = operation.requestBody !== undefined
      const facts = {
        access: allowed,
        hasInput: hasBody || (operation.parameters ?? []).length > 0,
        hasBody,
        hasId: path.includes('{id}'),
      }
      operation.responses = { ...operation.responses, ...errorAnswers(facts) }
      if (allowed === 'public') operation.security = []
      describeOperation(operation, notes)
      Object.assign(operation, { 'x-access': allowed })
    }
  }
  return { ...document, 'x-error-codes': errorCodes }
}

let document: ReturnType<typeof make> | undefined
const make = () => generate().then(complete)

/** OpenAPI 3.1, made from the contract at the first request. `x-access`: who may call it; `x-error-codes`: all codes. */
export const openApiDocument = () => {
  document ??= make()
  return document
}
