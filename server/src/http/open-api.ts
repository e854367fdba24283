import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { contract } from '@dashboard/contract/contract.ts'
import { ErrorBody } from '@dashboard/contract/errors.ts'
import { access } from './access.ts'

const generate = () =>
  new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
    info: { title: 'AWS Integration Dashboard', version: '0.1.0' },
    servers: [{ url: '/api' }],
    commonSchemas: { Error: { schema: ErrorBody, strategy: 'output' } },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    security: [{ bearer: [] }],
  })

type Document = Awaited<ReturnType<typeof generate>>

const errorResponse = {
  description: 'An error; `code` is stable.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}

const isPublic = (operationId: string | undefined): boolean => {
  const [area = '', operation = ''] = (operationId ?? '').split('.')
  const table = access as unknown as Record<string, Record<string, unknown>>
  return table[area]?.[operation] === 'public'
}

/** Every operation may answer the one error shape, and public ones need no token. */
const complete = (document: Document): Document => {
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      if (operation === null || typeof operation !== 'object' || !('responses' in operation)) continue
      operation.responses = { ...operation.responses, default: errorResponse }
      if (isPublic(operation.operationId)) operation.security = []
    }
  }
  return document
}

let document: Promise<Document> | undefined

/** OpenAPI 3.1, made from the contract at the first request. */
export const openApiDocument = (): Promise<Document> => {
  document ??= generate().then(complete)
  return document
}
