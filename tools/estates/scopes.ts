import { globalTypes, kindOf, type KindName } from './kinds.ts'
import type { EstatePlace } from './places.ts'

/** What discovery lists at once. */
export interface EstateScope {
  accountId: string
  region: string
  resourceType: string
}

/** `111111111111/eu-west-1/AWS::EC2::VPC`. */
export const scopeKey = ({ accountId, region, resourceType }: EstateScope): string =>
  `${accountId}/${region}/${resourceType}`

export const resourceKey = (scope: EstateScope, id: string): string => `${scopeKey(scope)}/${id}`

export const scopeOf = ({ kind, place }: { kind: KindName; place: EstatePlace }): EstateScope => {
  const { resourceType } = kindOf(kind)
  const { accountId, region } = place
  return { accountId, region: globalTypes.has(resourceType) ? 'global' : region, resourceType }
}
