import { readFile } from 'node:fs/promises'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { iamActionsOf } from '@dashboard/catalog/resource-type.ts'
import { expect, test } from 'vitest'
import { resourceTypesPage, resourceTypesPageCommand, resourceTypesPagePath } from '../docs/resource-types.ts'

test('docs/resource-types.md says what the catalog says', async () => {
  const page = await readFile(resourceTypesPagePath, 'utf8')
  expect(page, `docs/resource-types.md is stale: run \`${resourceTypesPageCommand}\``).toBe(resourceTypesPage())
})

test('The page of resource types has one line for each type, with what its discovery needs', () => {
  const lines = resourceTypesPage().split('\n')
  for (const type of resourceTypes) {
    const own = lines.filter((line) => line.startsWith(`| \`${type.resourceType}\` |`))
    expect(own, type.resourceType).toHaveLength(1)
    for (const action of iamActionsOf(type)) expect(own[0]).toContain(`\`${action}\``)
    for (const event of Object.keys(type.events ?? {})) expect(own[0]).toContain(`\`${event}\``)
    expect(own[0]?.match(/(?<!\\)\|/g), 'eight cells').toHaveLength(9)
  }
})
