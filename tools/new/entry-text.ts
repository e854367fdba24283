import type { FoundList } from './find-list.ts'

interface NewEntry {
  service: string
  client: string
  file: string
  resourceType: string
  list: FoundList
}

/** Words that JavaScript keeps for itself. */
const reserved = new Set(['function', 'default', 'import', 'export', 'package', 'interface', 'case', 'class'])

/** `ec2`, `key-pair` → `keyPair`; a reserved word gets its service in front: `lambdaFunction`. */
export function exportNameOf(service: string, file: string): string {
  const name = camelCase(file)
  return reserved.has(name) ? camelCase(`${service}-${file}`) : name
}

/** The source of a new entry, in house style. */
export function entryText({ service, client, file, resourceType, list }: NewEntry): string {
  const sdk = camelCase(client)
  const label = sentence(file)
  const lines = [
    `  resourceType: '${resourceType}',`,
    `  service: '${service}',`,
    ...(client === service ? [] : [`  client: '${client}',`]),
    // IAM is the one service here whose lists know no region; for another, the author changes the word.
    `  scope: '${service === 'iam' ? 'global' : 'regional'}',`,
    `  label: '${label}',`,
    ...listLines(list),
    `  iamActions: ['${service}:${list.operation}'],`,
    `  id: '${list.id}',`,
    `  arn: '${list.arn ?? `arn:{partition}:${service}:{region}:{account}:${file}/{${list.id}}`}',`,
    ...(['name', 'tags', 'state', 'createdAt'] as const).flatMap((key) =>
      list[key] ? [`  ${key}: '${list[key]}',`] : [],
    ),
    '  relationships: [],',
    '  events: {},',
  ]
  return `import type * as ${sdk} from '@aws-sdk/client-${client}'
import { resourceTypeOf } from '../define.ts'

/** ${label}. Source: ${list.operation}. */
export const ${exportNameOf(service, file)} = resourceTypeOf<typeof ${sdk}, ${sdk}.${list.shape}>()({
${lines.join('\n')}
})
`
}

function listLines({ operation, items, page }: FoundList): string[] {
  if (page === undefined) return [`  list: { operation: '${operation}', items: '${items}' },`]
  // 5 and 100 are within the bounds of nearly every operation; the author looks up the real ones.
  const size = page.size ? `, size: { name: '${page.size}', min: 5, max: 100 }` : ''
  return [
    '  list: {',
    `    operation: '${operation}',`,
    `    items: '${items}',`,
    `    page: { request: '${page.request}', response: '${page.response}'${size} },`,
    '  },',
  ]
}

const camelCase = (kebab: string) => kebab.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

const sentence = (kebab: string) => (kebab[0] ?? '').toUpperCase() + kebab.slice(1).replaceAll('-', ' ')
