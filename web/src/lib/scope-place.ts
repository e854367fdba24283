import type { JobScope } from '@dashboard/contract/jobs.ts'

/** Where a line of the ledger is. */
export type ScopePlace = Pick<JobScope, 'accountId' | 'region' | 'resourceType'>

/** Names a line in the address: `111111111111/eu-west-1/AWS::EC2::Volume`. */
export const placeKey = ({ accountId, region, resourceType }: ScopePlace): string =>
  `${accountId}/${region}/${resourceType}`

/** The reverse; null for what names no line. */
export const placeOf = (key: string): ScopePlace | null => {
  const [accountId, region, resourceType, ...rest] = key.split('/')
  if (!accountId || !region || !resourceType || rest.length) return null
  return { accountId, region, resourceType }
}

/**
 * The filter that shows the resources of a line. A global list has resources of every region (buckets), so it names
 * none, and takes the page's own away.
 */
export const resourcesOf = ({ accountId, region, resourceType }: ScopePlace) => ({
  account: [accountId],
  region: region === 'global' ? [] : [region],
  type: [resourceType],
})
