import { readdirSync, readFileSync } from 'node:fs'
import { findResourceType, resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { ResourceType } from '@dashboard/contract/vocabulary.ts'
import { describe, expect, test } from 'vitest'

const catalogFolder = new URL('../../catalog/src/', import.meta.url)
const howTo = readFileSync(new URL('../../docs/add-a-resource-type.md', import.meta.url), 'utf8')
const registry = readFileSync(new URL('catalog.ts', catalogFolder), 'utf8')

/** Every file in a service's folder, as `ec2/volume`. */
const paths = readdirSync(catalogFolder, { withFileTypes: true })
  .filter((folder) => folder.isDirectory())
  .flatMap(({ name }) => readdirSync(new URL(`${name}/`, catalogFolder)).map((file) => `${name}/${file}`))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => path.replace(/\.ts$/, ''))

/** `AWS::RDS::DBInstance` → `db-instance`. */
const fileNameOf = (resourceType: string) =>
  (resourceType.split('::')[2] ?? '').replace(/([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase()

/** Where the IAM action is not named after the operation. */
const otherActions: Readonly<Record<string, string>> = {
  GetApis: 'apigateway:GET',
  GetIntegrations: 'apigateway:GET',
  GetResources: 'apigateway:GET',
  GetRestApis: 'apigateway:GET',
  ListBuckets: 's3:ListAllMyBuckets',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetBucketNotificationConfiguration: 's3:GetBucketNotification',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
}
const actionOf = (service: string, operation: string) => otherActions[operation] ?? `${service}:${operation}`

describe('Every file in a service folder of the catalog is one registered entry', () => {
  test.each(paths)('%s', async (path) => {
    const entries = Object.values((await import(`@dashboard/catalog/${path}.ts`)) as Record<string, unknown>)
    expect(entries, `${path}.ts exports one thing: its entry. Move what else it exports to catalog/src/.`).toHaveLength(
      1,
    )
    const [entry] = entries as ResourceTypeDefinition[]
    const { resourceType, service } = entry as ResourceTypeDefinition
    expect(path, `The file of ${resourceType} is <service>/<kebab-case of the last word>.ts`).toBe(
      `${service}/${fileNameOf(resourceType)}`,
    )
    expect(findResourceType(resourceType), `Add it to resourceTypes in catalog/src/catalog.ts`).toBe(entry)
  })

  test('the registry names each type once, in the order of the files', () => {
    const names = resourceTypes.map((type) => type.resourceType)
    expect(names).toHaveLength(new Set(names).size)
    const imports = [...registry.matchAll(/from '\.\/(.+\/.+)\.ts'/g)].map(([, path]) => path)
    expect(imports, 'Sort the imports of catalog/src/catalog.ts by path; every file has one').toEqual(paths.toSorted())
  })

  test('the first types of the product are there', () => {
    expect(resourceTypes.length).toBeGreaterThanOrEqual(20)
  })
})

describe('Every entry is complete', () => {
  test.each(resourceTypes.map((type) => [type.resourceType, type] as const))('%s', (_, type) => {
    const { service, list, parent, details = [], relationships = [] } = type
    expect(ResourceType.safeParse(type.resourceType).success, 'resourceType is a CloudFormation type name').toBe(true)
    expect(type.label, 'label is what people call it, starting with a capital').toMatch(/^[A-Z]/)
    expect(type.iamActions, `iamActions must grant ${list.operation}`).toContain(actionOf(service, list.operation))
    for (const call of [...(parent ? [parent] : []), ...details])
      expect(call.iamAction, `iamAction must grant ${call.operation}`).toBe(actionOf(service, call.operation))
    for (const action of [...type.iamActions, ...details.map((detail) => detail.iamAction)])
      expect(action, `IAM actions start with the service's prefix`).toMatch(
        new RegExp(`^${service}:[A-Z][A-Za-z0-9]+$`),
      )
    for (const { to } of relationships)
      expect(ResourceType.safeParse(to).success, `relationship to ${to}: not a CloudFormation type name`).toBe(true)
    expect(Object.keys(type.events ?? {}), 'events name what creates and deletes it').not.toHaveLength(0)
  })
})

describe('The how-to explains', () => {
  const fields = [...new Set(resourceTypes.flatMap((type) => Object.keys(type)))]
  test.each(fields)('the field %s', (field) => {
    expect(howTo, `Explain \`${field}\` in docs/add-a-resource-type.md`).toContain(`\`${field}\``)
  })

  test('the scaffold command', () => {
    expect(howTo).toContain('npm run new -- resource-type ec2/key-pair AWS::EC2::KeyPair')
  })
})
