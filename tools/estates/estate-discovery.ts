import { findResourceType } from '@dashboard/catalog/catalog.ts'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { createClientPool } from '@dashboard/server/aws/client-pool.ts'
import { type Call, collect, type CollectedResource } from '@dashboard/server/discovery/collect.ts'
import type { EstateGateway } from './estate-gateway.ts'
import type { EstateScope } from './scopes.ts'
import { required } from '../aws-gateway/required.ts'

export interface Discovery {
  /** Asks AWS as the product does, once: nothing is tried again. */
  callFor(accountId: string): Call
  /** Everything `collect` finds in a scope. @throws the SDK's error of the list call */
  collect(scope: EstateScope, pageSize?: number): Promise<CollectedResource[]>
  close(): void
}

/** The product's clients and engine in front of an estate, for tests and benches. */
export async function discoveryOf({
  estate,
  endpoint,
  session,
}: Pick<EstateGateway, 'estate' | 'endpoint' | 'session'>): Promise<Discovery> {
  const pool = createClientPool({ endpoint })
  const sessions = new Map<string, Awaited<ReturnType<EstateGateway['session']>>>()
  for (const accountId of estate.accounts) sessions.set(accountId, await session(accountId))
  const callFor = (accountId: string): Call => {
    const credentials = () => Promise.resolve(required(sessions.get(accountId), accountId))
    return (request) => pool.send({ ...request, connection: accountId, credentials })
  }
  return {
    callFor,
    async collect({ accountId, region, resourceType }, pageSize) {
      const type = required(findResourceType(resourceType), resourceType)
      const scope = { partition: 'aws', accountId, region, homeRegion: 'us-east-1' }
      const found: CollectedResource[] = []
      for await (const page of collect(
        pageSize === undefined ? type : inPagesOf(type, pageSize),
        scope,
        callFor(accountId),
      ))
        found.push(...page)
      return found
    },
    close: pool.close,
  }
}

function inPagesOf(type: ResourceTypeDefinition, max: number): ResourceTypeDefinition {
  const { page } = type.list
  if (page?.size === undefined) return type
  return {
    ...type,
    list: { ...type.list, page: { ...page, size: { ...page.size, max: Math.max(max, page.size.min) } } },
  }
}
