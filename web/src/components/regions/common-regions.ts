import type { RegionChoice } from './region-picker.tsx'

/** Regions of the `aws` partition that need no opt-in: offered until the account itself can be asked. Source: AWS Account Management, “Enable or disable AWS Regions”. */
const noOptIn = [
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'ca-central-1',
  'sa-east-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'ap-south-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-southeast-1',
  'ap-southeast-2',
]

/** The common regions and any others already chosen. */
export const commonRegions = (chosen: readonly string[] = []): RegionChoice[] =>
  [...new Set([...noOptIn, ...chosen])].map((region) => ({ region }))
