import type { Properties, ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { type Call, type CallRequest, collect, type CollectedResource } from '../collect.ts'

export const regional = { partition: 'aws', accountId: '111111111111', region: 'eu-central-1', homeRegion: 'us-east-1' }
export const global = { ...regional, region: 'global' }

export type Answer = Properties | Error | ((input: Properties, request: CallRequest) => Properties)

/** AWS at the port: one scripted answer an operation; an operation that is not in the script fails the test. */
export function aws(script: Record<string, Answer>): { call: Call; requests: CallRequest[] } {
  const requests: CallRequest[] = []
  const call: Call = async (request) => {
    requests.push(request)
    const answer = script[request.operation]
    if (answer === undefined) throw new Error(`unexpected ${request.operation}`)
    if (answer instanceof Error) throw answer
    return typeof answer === 'function' ? answer(request.input, request) : answer
  }
  return { call, requests }
}

export const failure = (name: string) => Object.assign(new Error(`${name} happened`), { name })

export async function pagesOf(
  type: ResourceTypeDefinition,
  call: Call,
  scope = regional,
): Promise<CollectedResource[][]> {
  const pages: CollectedResource[][] = []
  for await (const page of collect(type, scope, call)) pages.push(page)
  return pages
}

export const all = async (type: ResourceTypeDefinition, call: Call, scope = regional) =>
  (await pagesOf(type, call, scope)).flat()

export async function one(type: ResourceTypeDefinition, call: Call, scope = regional): Promise<CollectedResource> {
  const [resource, ...more] = await all(type, call, scope)
  if (resource === undefined || more.length > 0) throw new Error('expected one resource')
  return resource
}
