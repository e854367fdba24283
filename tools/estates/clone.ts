import { required } from '../aws-gateway/required.ts'
import type { Estate, EstateResource } from './estate.ts'
import { kindOf } from './kinds.ts'
import { idOf, nameOf, teamOf, uniqueOf } from './names.ts'
import { otherOf } from './references.ts'
import {
  type Described,
  fill,
  type Pattern,
  patternOf,
  readTemplates,
  type Template,
  type TemplateAnswer,
} from './template.ts'

interface CompiledAnswer {
  status: number
  headers: TemplateAnswer['headers']
  body: Pattern
}

interface Compiled {
  item: Pattern
  answers: Map<string, CompiledAnswer>
  described: Pattern
}

/** What AWS says of the resources of an estate, and what discovery must make of it. */
export interface Clones {
  /** As the list operation answers it. `host` is where the endpoint is, which SQS puts into its URLs. */
  item(resource: EstateResource, host: string): string
  /** The answer to an operation that asks about it alone; undefined where none was recorded. */
  answer(resource: EstateResource, operation: string, host: string): TemplateAnswer | undefined
  described(resource: EstateResource, host: string): Described
}

export function clonesOf(estate: Estate): Clones {
  const valueOf = valuesOf(estate)
  const compiled = new Map([...readTemplates()].map(([kind, template]) => [kind, compile(template)]))
  const of = ({ kind }: EstateResource) => required(compiled.get(kind), `the template of ${kind}`)
  return {
    item: (resource, host) => fill(of(resource).item, (name) => valueOf(resource, name, host)),
    answer(resource, operation, host) {
      const answer = of(resource).answers.get(operation)
      return answer && { ...answer, body: fill(answer.body, (name) => valueOf(resource, name, host)) }
    },
    described: (resource, host) =>
      JSON.parse(fill(of(resource).described, (name) => valueOf(resource, name, host))) as Described,
  }
}

function compile({ item, answers, described }: Template): Compiled {
  return {
    item: patternOf(item),
    answers: new Map(
      Object.entries(answers).map(([name, answer]) => [name, { ...answer, body: patternOf(answer.body) }]),
    ),
    described: patternOf(JSON.stringify(described)),
  }
}

type ValueOf = (resource: EstateResource, name: string, host: string) => string

/** Values that a resource has of itself. */
const own: Record<string, (seed: string, resource: EstateResource, host: string) => string> = {
  id: (_seed, { id }) => id,
  name: (seed, { kind, place, ordinal }) => nameOf(seed, kind, place, ordinal),
  team: (seed, { kind, place, ordinal, changes }) =>
    `${teamOf(seed, kind, place, ordinal)}${changes === 0 ? '' : `-${changes}`}`,
  account: (_seed, { place }) => place.accountId,
  region: (_seed, { place }) => place.region,
  host: (_seed, _resource, host) => host,
  publicIp: (seed, resource) => addressOf(seed, resource).join('.'),
  publicIpWithDashes: (seed, resource) => addressOf(seed, resource).join('-'),
}

function valuesOf(estate: Estate): ValueOf {
  const { seed } = estate
  return (resource, name, host) => {
    if (name.startsWith('own:')) return madeUpId(seed, resource, name.slice(4))
    const value = own[name]
    if (value !== undefined) return value(seed, resource, host)
    const byName = name === 'securityGroupName'
    const { kind, place, ordinal } = otherOf(estate, resource, byName ? 'securityGroup' : name)
    return (byName ? nameOf : idOf)(seed, kind, place, ordinal)
  }
}

/** An id that AWS makes up beside the resource: an attachment, an association, the random part of a load balancer's ARN. */
function madeUpId(seed: string, { kind, place, ordinal }: EstateResource, what: string): string {
  const unique = uniqueOf(`${seed}\n${what}`, kind, place, ordinal)
  if (what === 'uuid') return unique.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  if (what.endsWith('-')) return `${what}${unique.slice(0, 17)}`
  if (/^[A-Z]/.test(what)) return `${what}${unique.slice(0, 17).toUpperCase()}`
  return unique.slice(0, 16)
}

/** The same for all of a bundle: an instance, its interface and its address show one public address. */
function addressOf(seed: string, { kind, place, ordinal }: EstateResource): number[] {
  const unique = uniqueOf(seed, kindOf(kind).companionOf ?? kind, place, ordinal)
  return [100, ...[0, 2, 4].map((at) => parseInt(unique.slice(at, at + 2), 16))]
}
