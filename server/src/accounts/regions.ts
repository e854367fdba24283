import type { AccountRegion } from '@dashboard/contract/accounts.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { awsFailure } from '../aws/failure.ts'
import type { Call } from '../discovery/collect.ts'
import { staticRegions } from './static-regions.ts'

export interface AccountRegions {
  items: AccountRegion[]
  source: 'ec2:DescribeRegions' | 'static'
  fix: Fix | null
}

const optInStatuses = ['opt-in-not-required', 'opted-in', 'not-opted-in'] as const

const optInOf = (value: unknown): AccountRegion['optInStatus'] =>
  optInStatuses.find((status) => status === value) ?? 'unknown'

/** Regions the account can use; where it may not say, the partition's known ones with status `unknown`. */
export const listRegions = async (
  call: Call,
  account: { partition: string; defaultRegion: string; regions: string[] },
): Promise<AccountRegions> => {
  const selected = new Set(account.regions)
  const show = (region: string, optInStatus: AccountRegion['optInStatus']): AccountRegion => ({
    region,
    optInStatus,
    selected: selected.has(region),
  })
  try {
    const answer = await call({
      client: 'ec2',
      region: account.defaultRegion,
      operation: 'DescribeRegions',
      input: { AllRegions: true },
    })
    const regions = answer['Regions'] as { RegionName: string; OptInStatus?: string }[]
    const items = regions.map((region) => show(region.RegionName, optInOf(region.OptInStatus)))
    return {
      items: items.toSorted((a, b) => a.region.localeCompare(b.region)),
      source: 'ec2:DescribeRegions',
      fix: null,
    }
  } catch (error) {
    const known = new Set([...(staticRegions[account.partition] ?? []), ...account.regions])
    return {
      items: [...known].toSorted().map((region) => show(region, 'unknown')),
      source: 'static',
      fix: awsFailure(error, 'ec2:DescribeRegions').fix ?? { summary: awsFailure(error, 'ec2:DescribeRegions').reason },
    }
  }
}
