import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { clientOf, type ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { describe, expect, test } from 'vitest'
import { httpOf, type Sdk } from '../completeness/sdk-schema.ts'
import { restOperation } from './operation-rest.ts'

/** These have tables of their own. */
const others = new Set(['s3', 'lambda'])

const callsOf = (type: ResourceTypeDefinition) =>
  [type.list, ...(type.parent ? [type.parent] : []), ...(type.details ?? [])].map(({ operation }) => operation)

describe('A REST call of the catalog is named by its operation', () => {
  test.each(
    resourceTypes.filter(({ service }) => !others.has(service)).map((type) => [type.resourceType, type] as const),
  )('%s', async (_, type) => {
    const sdk = (await import(`@aws-sdk/client-${clientOf(type)}`)) as Sdk
    for (const operation of callsOf(type)) {
      const { method, path } = httpOf(sdk, operation) ?? {}
      if (method === undefined || path === undefined) continue
      const asked = path.replace(/\?.*$/, '').replaceAll(/\{[^}]+\}/g, 'one')
      expect(restOperation(type.service, method, asked), `${method} ${path}`).toBe(operation)
    }
  })
})

test('A call that is not in the tables is named by its method', () => {
  expect(restOperation('cloudfront', 'GET', '/2020-05-31/distribution/E1/config/more')).toBe('GET')
  expect(restOperation('some-service', 'POST', '/')).toBe('POST')
})
