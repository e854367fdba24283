import { z } from 'zod'
import * as accounts from '@dashboard/contract/accounts.ts'
import * as auth from '@dashboard/contract/auth.ts'
import * as catalog from '@dashboard/contract/catalog.ts'
import * as credentials from '@dashboard/contract/credentials.ts'
import { ErrorBody } from '@dashboard/contract/errors.ts'
import * as jobs from '@dashboard/contract/jobs.ts'
import * as organizations from '@dashboard/contract/organizations.ts'
import * as overview from '@dashboard/contract/overview.ts'
import * as resources from '@dashboard/contract/resources.ts'
import * as scopes from '@dashboard/contract/scopes.ts'
import * as views from '@dashboard/contract/views.ts'
import * as vocabulary from '@dashboard/contract/vocabulary.ts'

const modules: readonly object[] = [
  vocabulary,
  auth,
  accounts,
  organizations,
  credentials,
  resources,
  views,
  scopes,
  jobs,
  catalog,
  overview,
]

/** A plain text or number says all by its own description; a name of its own would only hide it. */
const isStructured = (schema: z.ZodType): boolean => ['object', 'enum', 'union', 'record'].includes(schema.def.type)

interface Named {
  schema: z.ZodType
  strategy: 'output'
}

/** What the contract exports under a name is a component of that name in the OpenAPI document. */
export const componentSchemas = (): Record<string, Named> => {
  const named: Record<string, Named> = { Error: { schema: ErrorBody, strategy: 'output' } }
  for (const [name, value] of modules.flatMap((module) => Object.entries(module)))
    if (value instanceof z.ZodType && isStructured(value)) named[name] = { schema: value, strategy: 'output' }
  return named
}
