import {
  elementOf,
  isString,
  isTimestamp,
  membersOf,
  nameOf,
  operationOf,
  type Sdk,
} from '../completeness/sdk-schema.ts'

/** What the SDK's schemas tell of a type: how it is listed and which of its fields are which. */
export interface FoundList {
  operation: string
  /** Member of the answer that holds the items, and the name of their shape. */
  items: string
  shape: string
  page?: { request: string; response: string; size?: string }
  id: string
  arn?: string
  name?: string
  tags?: string
  state?: string
  createdAt?: string
}

type Members = [name: string, schema: unknown][]

/**
 * Finds the operation that lists a type: `Describe…s`, `List…s` or `Get…s`, its noun that of the type, answering a list of
 * structures. Throws, naming operations that come near, where there is none.
 */
export function findList(sdk: Sdk, resourceType: string, operation?: string): FoundList {
  const noun = resourceType.split('::')[2] ?? ''
  const found = (operation === undefined ? candidates(noun) : [operation]).flatMap((name) => readList(sdk, name, noun))
  if (found[0] !== undefined) return found[0]
  const near = Object.keys(sdk)
    .filter((name) => /^(Describe|List|Get)\w*Command$/.test(name) && name.toLowerCase().includes(noun.toLowerCase()))
    .map((name) => name.replace(/Command$/, ''))
  throw new Error(
    [
      operation === undefined
        ? `No operation that lists ${resourceType} was found in the SDK client.`
        : `${operation} is no operation of the SDK client that answers a list of structures.`,
      near.length > 0 ? `Name one with --operation: ${near.join(', ')}` : 'Name one with --operation.',
    ].join('\n'),
  )
}

function candidates(noun: string): string[] {
  const plurals = [`${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')]
  return ['Describe', 'List', 'Get'].flatMap((verb) => plurals.map((plural) => `${verb}${plural}`))
}

function readList(sdk: Sdk, wanted: string, noun: string): FoundList[] {
  // DescribeVpcs lists AWS::EC2::VPC: the two spell acronyms differently.
  const name = Object.keys(sdk).find((key) => key.toLowerCase() === `${wanted}$`.toLowerCase())
  const schema = name === undefined ? undefined : operationOf(sdk, name.slice(0, -1))
  const list = membersOf(schema?.output).find(([, member]) => membersOf(elementOf(member)).length > 0)
  const shape = list && nameOf(elementOf(list[1]))
  if (name === undefined || schema === undefined || list === undefined || shape === undefined) return []
  const page = pageOf(membersOf(schema.input), membersOf(schema.output))
  const fields = fieldsOf(membersOf(elementOf(list[1])), noun)
  return [{ operation: name.slice(0, -1), items: list[0], shape, ...(page && { page }), ...fields }]
}

function pageOf(input: Members, output: Members): FoundList['page'] {
  const response = named(output, /^(next(page)?(token|marker)|marker)$/i)
  const request = named(input, /^(next(page)?token|marker)$/i)
  const size = named(input, /^(max(results|items|records)|limit|pagesize)$/i)
  return response && request ? { request, response, ...(size && { size }) } : undefined
}

function fieldsOf(members: Members, noun: string): Omit<FoundList, 'operation' | 'items' | 'shape' | 'page'> {
  const text = members.filter(([, schema]) => isString(schema))
  const own = (suffix: string) => named(text, new RegExp(`^(\\w*${noun}|)${suffix}$`, 'i'))
  const name = own('Name')
  const id = own('Id') ?? own('Identifier') ?? name ?? text[0]?.[0]
  if (id === undefined) throw new Error(`The items of ${noun} have no field of text that could be their id.`)
  const found = {
    arn: own('Arn'),
    name,
    tags: named(members, /^tag(s|set|list)$/i),
    state: own('(State|Status)'),
    createdAt: named(
      members.filter(([, schema]) => isTimestamp(schema)),
      /^(create|creation|created|launch|start)/i,
    ),
  }
  return { id, ...withoutUndefined(found) }
}

const named = (members: Members, pattern: RegExp) => members.find(([name]) => pattern.test(name))?.[0]

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>
