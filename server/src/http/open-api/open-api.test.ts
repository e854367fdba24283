import { expect, test } from 'vitest'
import { errorCodes } from '@dashboard/contract/errors.ts'
import { access } from '../access.ts'
import { openApiDocument } from '../open-api.ts'

interface Operation {
  operationId: string
  requestBody?: unknown
  responses: Record<string, { description: string }>
  'x-access': unknown
}

const document = await openApiDocument()
const operations = Object.values(document.paths ?? {}).flatMap((item) =>
  Object.values(item as Record<string, Operation>),
)

test('every shape that is referred to is in the API description, under the name the contract gives it', () => {
  const schemas = Object.keys(document.components?.schemas ?? {})
  const wanted = new Set(JSON.stringify(document).match(/(?<=#\/components\/schemas\/)\w+/g))
  expect([...wanted].filter((name) => !schemas.includes(name))).toEqual([])
  for (const name of ['AWSAccount', 'AWSResource', 'Job', 'Organization', 'SavedView', 'Scope', 'Error'])
    expect(wanted, name).toContain(name)
})

test('each operation says who may call it', () => {
  const table = access as unknown as Record<string, Record<string, unknown>>
  for (const { operationId, 'x-access': said } of operations) {
    const [area = '', name = ''] = operationId.split('.')
    expect(said, operationId).toEqual(table[area]?.[name])
  }
  expect(operations.length).toBeGreaterThan(50)
})

test('each error stands under the status it is answered with', () => {
  for (const { operationId, responses } of operations) {
    for (const [status, { description }] of Object.entries(responses)) {
      for (const [code] of description.matchAll(/(?<=^`)[A-Z_]+(?=`:)/gm))
        expect(String(errorCodes[code as keyof typeof errorCodes]?.status), `${operationId} ${code}`).toBe(status)
    }
  }
  const login = operations.find(({ operationId }) => operationId === 'auth.login')
  expect(Object.keys(login?.responses ?? {})).toEqual(expect.arrayContaining(['200', '400', '413', '415', 'default']))
  expect(login?.responses).not.toHaveProperty('403')
})

test('fields and parameters say what the contract says of them, in its own words', () => {
  interface Described {
    description?: string
    properties?: Record<string, Described>
  }
  const schemas = document.components?.schemas as Record<string, Described>
  const said = (schema: string, field: string) => schemas[schema]?.properties?.[field]?.description
  expect(said('ResourceSummary', 'missingSince')).toBe('The last complete list did not show it; another one decides.')
  expect(said('ResourceVersion', 'changes')).toBe('At most 100 fields; `changedFields` has the true count.')
  expect(said('Error', 'code')).toBeUndefined()
  const list = operations.find(({ operationId }) => operationId === 'resources.list') as unknown as {
    parameters: { name: string; description?: string; schema: Described }[]
  }
  const parameter = list.parameters.find(({ name }) => name === 'text')
  expect(parameter?.description).toBe('Part of name, id or ARN, any case.')
  const words = JSON.stringify(document)
  expect(words).not.toMatch(/"description":"[^"]*(?:\*\/|\/\*\*)/)
})
