import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Tone } from '../../lib/status.ts'

export interface RegionState {
  region: string
  tone: Tone
  /** For hover and screen readers: `eu-west-1: 2 of 20 actions denied`. */
  words: string
}

const stateOf = (region: string, permissions: AWSAccount['permissions']): RegionState => {
  const probed = permissions.filter((permission) => permission.region === region)
  const denied = probed.filter(({ allowed }) => !allowed)
  if (probed.length === 0) return { region, tone: 'idle', words: `${region}: not probed yet` }
  if (denied.length === 0) return { region, tone: 'ok', words: `${region}: every probed action allowed` }
  const tone = denied.length === probed.length ? 'bad' : 'warn'
  return { region, tone, words: `${region}: ${denied.length} of ${probed.length} probed actions denied` }
}

/** What the last validation found in each region of an account. */
export const regionStates = ({ regions, permissions }: Pick<AWSAccount, 'regions' | 'permissions'>): RegionState[] =>
  regions.map((region) => stateOf(region, permissions))
