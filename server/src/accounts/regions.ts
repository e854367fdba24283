import { LRUCache } from 'lru-cache'
import type { AccountRegion } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { credentialsUnavailable } from '../aws/credentials-unavailable.ts'
import { awsFailure } from '../aws/failure.ts'
import type { Call } from '../discovery/collect.ts'
import { staticRegions } from './static-regions.ts'

export interface AccountRegions {
  items: AccountRegion[]
  source: 'ec2:DescribeRegions' | 'static'
  fix: Fix | null
}

const optInStatuses = ['opt-in-not-required', 'opted-in', 'not-opted-in'] as const
type OptInStatus = AccountRegion['optInStatus']

const optInOf = (value: unknown): OptInStatus => optInStatuses.find((status) => status === value) ?? 'unknown'

/** Asked in the default region, which works where others do not. @throws the SDK's error */
const describeRegions = async (call: Call, defaultRegion: string): Promise<Map<string, OptInStatus>> => {
  const input = { AllRegions: true }
  const answer = await call({ client: 'ec2', region: defaultRegion, operation: 'DescribeRegions', input })
  const regions = (answer['Regions'] ?? []) as { RegionName: string; OptInStatus?: string }[]
  return new Map(regions.map((region) => [region.RegionName, optInOf(region.OptInStatus)]))
}

const fixOf = (error: unknown): Fix => {
  const { fix, reason } = credentialsUnavailable(error) ?? awsFailure(error, 'ec2:DescribeRegions')
  return fix ?? { summary: reason }
}

/** Regions the account can use; where it may not say, the partition's known ones with status `unknown`. */
export const listRegions = async (
  call: Call,
  account: { partition: string; defaultRegion: string; regions: string[] },
): Promise<AccountRegions> => {
  const selected = new Set(account.regions)
  const show = (region: string, optInStatus: OptInStatus): AccountRegion => ({
    region,
    optInStatus,
    selected: selected.has(region),
  })
  try {
    const regions = await describeRegions(call, account.defaultRegion)
    return {
      items: [...regions]
        .map(([region, optIn]) => show(region, optIn))
        .toSorted((a, b) => a.region.localeCompare(b.region)),
      source: 'ec2:DescribeRegions',
      fix: null,
    }
  } catch (error) {
    const known = new Set([...(staticRegions[account.partition] ?? []), ...account.regions])
    return {
      items: [...known].toSorted().map((region) => show(region, 'unknown')),
      source: 'static',
      fix: fixOf(error),
    }
  }
}

const refusalsOfDisabledRegion = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'InvalidToken',
  'UnrecognizedClientException',
])

/**
 * Whether an error code may mean that a region is switched off: credentials are not known there, so AWS answers as it
 * does to wrong ones.
 */
export const mayMeanRegionDisabled = (code: string): boolean => refusalsOfDisabledRegion.has(code)

/** By connection: a whole scan of a disabled region asks once. Somebody may switch it on meanwhile, so not for long. */
const optIns = new LRUCache<string, Promise<Map<string, OptInStatus>>>({ max: 1_000, ttl: 5 * 60_000 })

/** Whether the account has not opted in to a region; false where it may not say. Never throws. */
export const isRegionDisabled = async (
  call: Call,
  account: { id: string; defaultRegion: string },
  region: string,
): Promise<boolean> => {
  // What its own default region answers is about the credentials.
  if (region === account.defaultRegion || region === 'global') return false
  const asked = optIns.get(account.id) ?? describeRegions(call, account.defaultRegion)
  optIns.set(account.id, asked, { noUpdateTTL: true })
  try {
    return (await asked).get(region) === 'not-opted-in'
  } catch {
    if (optIns.peek(account.id) === asked) optIns.delete(account.id)
    return false
  }
}
