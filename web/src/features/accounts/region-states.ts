import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { Tone } from '../../lib/status.ts'

export interface RegionState {
  region: string
  tone: Tone
  /** For hover and screen readers: `eu-west-1: 2 of 20 actions denied`. */
  words: string
}

const stateOf = (region: string, counted: AWSAccountSummary['permissionsByRegion']): RegionState => {
  const { probed, denied } = counted.find((one) => one.region === region) ?? { probed: 0, denied: 0 }
  if (probed === 0) return { region, tone: 'idle', words: `${region}: not probed yet` }
  if (denied === 0) return { region, tone: 'ok', words: `${region}: every probed action allowed` }
  const tone = denied === probed ? 'bad' : 'warn'
  return { region, tone, words: `${region}: ${denied} of ${probed} probed actions denied` }
}

/** What the last validation found in each region of an account. */
export const regionStates = ({
  regions,
  permissionsByRegion,
}: Pick<AWSAccountSummary, 'regions' | 'permissionsByRegion'>): RegionState[] =>
  regions.map((region) => stateOf(region, permissionsByRegion))
