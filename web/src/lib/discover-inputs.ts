import type { JobScope } from '@dashboard/contract/jobs.ts'

export interface DiscoverInput {
  accountIds?: string[]
  regions?: string[]
  resourceTypes?: string[]
}

type Place = Pick<JobScope, 'accountId' | 'region' | 'resourceType'>

const unique = (values: string[]): string[] => [...new Set(values)].toSorted()

const inputOf = (places: readonly Place[], regions: string[] | undefined): DiscoverInput => ({
  accountIds: unique(places.map(({ accountId }) => accountId)),
  ...(regions ? { regions } : {}),
  resourceTypes: unique(places.map(({ resourceType }) => resourceType)),
})

/**
 * The fewest discoveries that ask these scopes again: one for those in regions, one for the global ones, which a list
 * of regions would leave out. A discovery covers accounts × regions × types, so it may ask for more than was named.
 */
export const discoverInputs = (places: readonly Place[]): DiscoverInput[] => {
  const global = places.filter(({ region }) => region === 'global')
  const regional = places.filter(({ region }) => region !== 'global')
  return [
    ...(regional.length ? [inputOf(regional, unique(regional.map(({ region }) => region)))] : []),
    ...(global.length ? [inputOf(global, undefined)] : []),
  ]
}

/** The discoveries of a part of the estate; `globalTypes` are those that have no region. */
export const scopeDiscoveries = (
  accountIds: string[] | undefined,
  regions: string[] | undefined,
  globalTypes: string[],
): DiscoverInput[] => {
  const accounts = accountIds ? { accountIds } : {}
  if (!regions?.length) return [accounts]
  const real = regions.filter((region) => region !== 'global')
  return [
    ...(real.length ? [{ ...accounts, regions: real }] : []),
    ...(regions.includes('global') ? [{ ...accounts, resourceTypes: globalTypes }] : []),
  ]
}
