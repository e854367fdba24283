import type { KindName } from './kinds.ts'
import { populate, type Population } from './population.ts'
import { chance, digest } from './random.ts'

/** A Region of an account, or what the account has once, with the numbers of each kind in it. */
export interface EstatePlace {
  accountId: string
  /** For what the account has once: the Region most of it is used in. */
  region: string
  where: 'region' | 'account'
  populations: Map<KindName, Population>
}

/** Regions that are open to every account. Source: AWS General Reference, "Regions and Zones". */
const openRegions = [
  'us-east-1',
  'eu-west-1',
  'eu-central-1',
  'ap-southeast-1',
  'us-west-2',
  'us-east-2',
  'us-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-2',
  'ca-central-1',
  'sa-east-1',
]

interface Shape {
  accounts: number
  regions: number
  resources: number
}

/** What every Region has of itself: a default VPC with three subnets, a security group and a route table. */
const ofEveryRegion = () => populate('every-region', 0)
const everyRegionHas = [...ofEveryRegion().values()].reduce((sum, { first }) => sum + first, 0)

/** The share of an account's resources that are listed once for the account. */
const accountShare = 0.1
/** One account in three uses a second Region, a little. */
const secondShare = 0.1

/** All places. Most Regions hold nothing but their default VPC, as in life. @throws RangeError where the numbers do not fit */
export function placesOf(seed: string, { accounts, regions, resources }: Shape): EstatePlace[] {
  if (regions > openRegions.length) throw new RangeError(`there are ${openRegions.length} regions`)
  const budget = resources - accounts * regions * everyRegionHas
  const used = openRegions.slice(0, regions)
  return Array.from({ length: accounts }).flatMap((_, index) => {
    const own = Math.floor((budget * (index + 1)) / accounts) - Math.floor((budget * index) / accounts)
    return placesOfAccount(accountIdOf(seed, index), used, own, index % 3 === 0)
  })
}

const accountIdOf = (seed: string, index: number): string =>
  String(100_000_000_000 + (parseInt(digest(seed, 'account', index).slice(0, 10), 16) % 899_999_999_999))

function placesOfAccount(
  accountId: string,
  regions: readonly string[],
  budget: number,
  second: boolean,
): EstatePlace[] {
  const first = Math.floor(chance(accountId, 'home') * regions.length)
  const home = regions[first] ?? ''
  const ofAccount = Math.round(budget * accountShare)
  const elsewhere = second && regions.length > 1 ? Math.round(budget * secondShare) : 0
  const budgets = new Map([
    [home, budget - ofAccount - elsewhere],
    ...(elsewhere > 0 ? [[regions[(first + 1) % regions.length] ?? '', elsewhere] as const] : []),
  ])
  return [
    { accountId, region: home, where: 'account', populations: populate('account', ofAccount) },
    ...regions.map((region): EstatePlace => {
      const own = budgets.get(region)
      const populations = own === undefined ? [] : populate('used-region', own)
      return { accountId, region, where: 'region', populations: new Map([...ofEveryRegion(), ...populations]) }
    }),
  ]
}
