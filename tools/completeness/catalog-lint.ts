import { valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import type {
  DetailDefinition,
  PageDefinition,
  Properties,
  ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
import { membersOf, operationOf, sampleOf, type Sdk } from './sdk-schema.ts'

/** Members by which AWS hands out pages. */
const tokenNames = /^(next(page)?(token|marker)|marker|continuationtoken|lastevaluated\w+)$/i

/**
 * What is wrong with an entry, held against its SDK client: operations, request members, page tokens and every path are
 * tried on an answer in which every member is set. Empty when nothing is.
 */
export function lint(type: ResourceTypeDefinition, sdk: Sdk): string[] {
  const list = operationOf(sdk, type.list.operation)
  if (list === undefined) return [`${type.resourceType}: the SDK has no operation ${type.list.operation}`]
  const item = listedItem(type, sampleOf(list.output) as Properties)
  if (item === undefined) return [`${type.resourceType}: ${type.list.operation} answers nothing at list.items`]
  const inputProblems = unknownMembers(list.input, Object.keys(type.list.input ?? {}), `list.input`)
  const pageProblems = pagesOf(sdk, type.list.operation, type.list.page)
  const details = (type.details ?? []).map((detail) => lintDetail(detail, item, sdk))
  const complete = Object.assign({}, item, ...details.map((detail) => detail.gives)) as Properties
  return [
    ...inputProblems,
    ...pageProblems,
    ...details.flatMap((detail) => detail.problems),
    ...pathsOf(type)
      .filter(([, path]) => valuesAt(complete, path).length === 0)
      .map(([field, path]) => `${field}: no field ${path}`),
    ...lintRelationships(type, complete),
  ].map((problem) => `${type.resourceType}: ${problem}`)
}

function listedItem({ list }: ResourceTypeDefinition, answer: Properties): Properties | undefined {
  const items = typeof list.items === 'function' ? list.items(answer) : valuesAt(answer, list.items)
  return items?.[0] as Properties | undefined
}

function lintDetail(detail: DetailDefinition, item: Properties, sdk: Sdk): { problems: string[]; gives: Properties } {
  const { operation, pick, as } = detail
  const schema = operationOf(sdk, operation)
  if (schema === undefined) return { problems: [`details: the SDK has no operation ${operation}`], gives: {} }
  const answer = sampleOf(schema.output)
  const picked = pick === undefined ? answer : pick.includes('[]') ? valuesAt(answer, pick) : valueAt(answer, pick)
  const nothing = picked === undefined || (Array.isArray(picked) && picked.length === 0)
  return {
    problems: [
      ...(nothing ? [`details: ${operation} answers nothing at ${pick}`] : []),
      ...unknownMembers(schema.input, Object.keys(detail.input(item)), `details: ${operation} input`),
      ...pagesOf(sdk, operation, detail.page),
    ],
    gives: as === undefined ? (picked as Properties) : { [as]: picked },
  }
}

function pagesOf(sdk: Sdk, operation: string, page: PageDefinition | undefined): string[] {
  const schema = operationOf(sdk, operation)
  const token = membersOf(schema?.output).find(([name]) => tokenNames.test(name))?.[0]
  if (page === undefined) return token ? [`${operation} has pages (${token}), the entry names none`] : []
  const asked = [page.request, ...(page.size ? [page.size.name] : [])]
  return [
    ...unknownMembers(schema?.input, asked, `${operation} page`),
    ...unknownMembers(schema?.output, [page.response], `${operation} page`),
  ]
}

function unknownMembers(schema: unknown, names: string[], where: string): string[] {
  const known = new Set(membersOf(schema).map(([name]) => name))
  return names.filter((name) => !known.has(name)).map((name) => `${where}: no member ${name}`)
}

const placesOfArn = new Set(['partition', 'region', 'account'])

function pathsOf(type: ResourceTypeDefinition): [field: string, path: string][] {
  const arnPaths = type.arn.startsWith('arn:')
    ? [...type.arn.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) => (name && !placesOfArn.has(name) ? [name] : []))
    : [type.arn]
  const single = (['id', 'name', 'tags', 'state', 'createdAt'] as const).flatMap((field) =>
    type[field] === undefined ? [] : [[field, type[field]] satisfies [string, string]],
  )
  const many = (['documents', 'unordered', 'volatile', 'redact'] as const).flatMap((field) =>
    (type[field] ?? []).map((path): [string, string] => [field, path]),
  )
  return [...arnPaths.map((path): [string, string] => ['arn', path]), ...single, ...many]
}

/** Type checks cover the fields they read; here they are run once over a full answer. */
function lintRelationships(type: ResourceTypeDefinition, item: Properties): string[] {
  return (type.relationships ?? []).flatMap(({ at, to }) => {
    const targets = [at(item)].flat()
    const odd = targets.find((target) => target !== undefined && target !== null && typeof target !== 'string')
    return odd === undefined ? [] : [`relationship to ${to} gives ${typeof odd}`]
  })
}
