import { valueAt, valuesAt } from '@dashboard/catalog/path.ts'
import type {
  DetailDefinition,
  PageDefinition,
  ParentDefinition,
  Properties,
  ResourceTypeDefinition,
} from '@dashboard/catalog/resource-type.ts'
import { membersOf, operationOf, sampleOf, type Sdk } from './sdk-schema.ts'

/** Members by which AWS hands out pages. */
const tokenNames = /^(next(page)?(token|marker)|marker|continuationtoken|lastevaluated\w+|nextrecordname)$/i

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
  const parentProblems = type.parent === undefined ? [] : lintParent(type.parent, type.list, sdk)
  const details = (type.details ?? []).map((detail) => lintDetail(detail, item, sdk))
  const complete = Object.assign({}, item, ...details.map((detail) => detail.gives)) as Properties
  return [
    ...inputProblems,
    ...pageProblems,
    ...parentProblems,
    ...details.flatMap((detail) => detail.problems),
    ...pathsOf(type)
      .filter(([, path]) => valuesAt(complete, path).length === 0)
      .map(([field, path]) => `${field}: no field ${path}`),
    ...lintRelationships(type, complete),
  ].map((problem) => `${type.resourceType}: ${problem}`)
}

function listedItem({ list }: ResourceTypeDefinition, answer: Properties): Properties | undefined {
  const items = typeof list.items === 'function' ? list.items(answer, sampleParent) : valuesAt(answer, list.items)
  return items?.[0] as Properties | undefined
}

const sampleParent = 'parent'

function lintParent(parent: ParentDefinition, list: ResourceTypeDefinition['list'], sdk: Sdk): string[] {
  const schema = operationOf(sdk, parent.operation)
  if (schema === undefined) return [`parent: the SDK has no operation ${parent.operation}`]
  const [name] = parent.names(sampleOf(schema.output) as Properties) ?? []
  const asked = operationOf(sdk, list.operation)?.input
  return [
    ...(name ? [] : [`parent: ${parent.operation} answers nothing at parent.names`]),
    ...unknownMembers(schema.input, Object.keys(parent.input ?? {}), 'parent: input'),
    ...unknownMembers(asked, Object.keys(list.of?.(sampleParent) ?? {}), 'list.of'),
    ...(list.of === undefined ? ['list.of is missing: nothing asks for the items of one parent'] : []),
    ...(parent.gone.length === 0 ? ['parent: names no code in gone'] : []),
    ...pagesOf(sdk, parent.operation, parent.page),
  ]
}

function lintDetail(detail: DetailDefinition, item: Properties, sdk: Sdk): { problems: string[]; gives: Properties } {
  const { operation, pick, as } = detail
  const schema = operationOf(sdk, operation)
  if (schema === undefined) return { problems: [`details: the SDK has no operation ${operation}`], gives: {} }
  const answer = sampleOf(schema.output)
  const picked = pickedOf(pick, answer)
  const nothing = picked === undefined || (Array.isArray(picked) && picked.length === 0)
  return {
    problems: [
      ...(nothing ? [`details: ${operation} answers nothing at ${String(pick)}`] : []),
      ...unknownMembers(schema.input, Object.keys(detail.input(item)), `details: ${operation} input`),
      ...pagesOf(sdk, operation, detail.page),
    ],
    gives: as === undefined ? (picked as Properties) : { [as]: picked },
  }
}

function pickedOf(pick: DetailDefinition['pick'], answer: unknown): unknown {
  if (typeof pick === 'function') return pick(answer as Properties)
  if (pick === undefined) return answer
  return pick.includes('[]') ? valuesAt(answer, pick) : valueAt(answer, pick)
}

function pagesOf(sdk: Sdk, operation: string, page: PageDefinition | undefined): string[] {
  const schema = operationOf(sdk, operation)
  const token = tokenOf(schema?.output)
  if (page === undefined) return token ? [`${operation} has pages (${token}), the entry names none`] : []
  const { request, response, also = {}, size } = page
  const asked = [request, ...Object.keys(also), ...(size ? [size.name] : [])]
  const answer = sampleOf(schema?.output)
  return [
    ...unknownMembers(schema?.input, asked, `${operation} page`),
    ...[response, ...Object.values(also)]
      .filter((path) => valueAt(answer, path) === undefined)
      .map((path) => `${operation} page: no member ${path}`),
  ]
}

/** The member that gives the token, or that of a structure in the answer: CloudFront wraps its lists. */
function tokenOf(output: unknown): string | undefined {
  const members = membersOf(output).flatMap(([name, schema]) => [name, ...membersOf(schema).map(([inner]) => inner)])
  return members.find((name) => tokenNames.test(name))
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
  const single = (['id', 'name', 'tags', 'state', 'createdAt', 'endpoint'] as const).flatMap((field) =>
    typeof type[field] === 'string' ? [[field, type[field]] satisfies [string, string]] : [],
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
