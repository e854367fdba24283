import { writeFile } from 'node:fs/promises'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import {
  iamActionsOf,
  maxStalenessMinutes,
  type RelationshipDefinition,
  type ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'

/** Where the page lies. */
export const resourceTypesPagePath = new URL('../../docs/resource-types.md', import.meta.url)

/** Refreshes it. */
export const resourceTypesPageCommand = 'node tools/docs/resource-types.ts'

const introduction = (types: number, services: number): string => `# Resource types

<!-- Written by \`${resourceTypesPageCommand}\` from catalog/src. Do not edit it by hand. -->

The product discovers ${types} types of ${services} services. For each of them:

- **listed by**: the AWS operation that answers all of them, once in a Region or once for the account (global). Where
  they are listed within something else, that is named.
- **IAM actions**: what a complete discovery needs. The policy of the onboarding page grants these, the list of Regions, and
  nothing else.
- **at most old**: how long after a complete answer AWS is asked again. A refresh from the page asks at once.
- **relationships**: what it says of other resources. \`←\`: the other one acts. Types that are not in this list are shown
  by their name only.
- **events**: CloudTrail events that create, change or delete it.

How to add one: [add-a-resource-type.md](add-a-resource-type.md).`

const code = (text: string): string => `\`${text}\``

const listedBy = ({ list, parent }: ResourceTypeDefinition): string =>
  parent === undefined ? code(list.operation) : `${code(list.operation)} for each of ${code(parent.operation)}`

/** `AWS::EC2::Volume` → `EC2::Volume`: the page names no other vendor. */
const shortName = (resourceType: string): string => resourceType.replace(/^AWS::/, '')

const relationshipOf = ({ kind, to, reverse }: RelationshipDefinition): string =>
  reverse === true ? `← ${kind} ${shortName(to)}` : `${kind} ${shortName(to)}`

/** CloudFormation stacks may name any type; a list of fifty says less than that. */
const mostNamed = 25

const relationshipsOf = (type: ResourceTypeDefinition): string => {
  const all = [...new Set((type.relationships ?? []).map(relationshipOf))].toSorted()
  if (all.length <= mostNamed) return all.join('<br>')
  const kinds = Object.groupBy(all, (text) => text.replace(/ \S+$/, ''))
  return Object.entries(kinds)
    .map(([kind, ofKind = []]) => (ofKind.length > 5 ? `${kind} any of ${ofKind.length} types` : ofKind.join('<br>')))
    .join('<br>')
}

const ageOf = (type: ResourceTypeDefinition): string => {
  const minutes = maxStalenessMinutes(type)
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
}

const rowOf = (type: ResourceTypeDefinition): string =>
  [
    code(type.resourceType),
    type.label,
    type.scope,
    listedBy(type),
    iamActionsOf(type).map(code).join('<br>'),
    ageOf(type),
    relationshipsOf(type),
    Object.keys(type.events ?? {})
      .map(code)
      .join('<br>'),
  ].join(' | ')

const sectionOf = (service: string, types: readonly ResourceTypeDefinition[]): string =>
  [
    `## ${service}`,
    '',
    '| type | label | scope | listed by | IAM actions | at most old | relationships | events |',
    '|---|---|---|---|---|---|---|---|',
    ...types.map((type) => `| ${rowOf(type)} |`),
  ].join('\n')

/** The page of resource types, as Markdown: one table for each service, in the order of the catalog. */
export const resourceTypesPage = (): string => {
  const services = Object.entries(Object.groupBy(resourceTypes, (type) => type.service))
  const sections = services.map(([service, types = []]) => sectionOf(service, types))
  return `${[introduction(resourceTypes.length, services.length), ...sections].join('\n\n')}\n`
}

if (import.meta.main) await writeFile(resourceTypesPagePath, resourceTypesPage())
