import { required } from '../aws-gateway/required.ts'
import type { Estate, EstateResource } from './estate.ts'
import { bundleOf, kindOf, type KindName } from './kinds.ts'
import type { EstatePlace } from './places.ts'
import { anchorsOf } from './population.ts'

interface Other {
  kind: KindName
  place: EstatePlace
  ordinal: number
}

/** What a placeholder names. Those in a VPC are found by it; of the others, any that never goes away will do. */
const named: Record<string, KindName> = {
  vpc: 'vpc',
  subnet: 'subnet',
  otherSubnet: 'subnet',
  securityGroup: 'security-group',
  natGateway: 'nat-gateway',
  natAddress: 'nat-address',
  natInterface: 'nat-interface',
  rootVolume: 'root-volume',
  dataVolume: 'data-volume',
  instance: 'instance',
  instanceInterface: 'instance-interface',
  instanceAddress: 'instance-address',
  defaultVpc: 'default-vpc',
  role: 'role',
  policy: 'managed-policy',
  user: 'user',
  queue: 'queue',
  deadLetterQueue: 'dead-letter-queue',
  table: 'table',
}

/** The resource that another one names, the same each time. It is there as long as the estate is. */
export function otherOf(estate: Estate, resource: EstateResource, placeholder: string): Other {
  const kind = required(named[placeholder], `the kind of {{${placeholder}}}`)
  const place = estate.placeOf(kind, resource.place)
  const own = resource.kind
  if (bundleOf(kindOf(own).companionOf ?? own).includes(kind)) return { kind, place, ordinal: resource.ordinal }
  return { kind, place, ordinal: ordinalOf(kind, place, resource.ordinal, placeholder) }
}

function ordinalOf(kind: KindName, place: EstatePlace, from: number, placeholder: string): number {
  const count = (name: KindName) => anchorsOf(name, required(place.populations.get(name), `${name} in ${place.region}`))
  if (!['vpc', 'subnet', 'security-group', 'nat-gateway'].includes(kind)) return from % count(kind)
  // The nth of anything is in the nth VPC, in turn: so a subnet and a group that one resource names share its VPC.
  const vpcs = count('vpc')
  const vpc = from % vpcs
  const turn = Math.floor(from / vpcs) + (placeholder === 'otherSubnet' ? 1 : 0)
  const inVpc = Math.floor((count(kind) - 1 - vpc) / vpcs) + 1
  return vpc + vpcs * (turn % inVpc)
}
