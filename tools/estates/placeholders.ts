import type { CollectedResource } from '@dashboard/server/discovery/collect.ts'
import type { Created } from '../integration/created-equals-discovered.ts'

type Replacement = [found: string | RegExp, placeholder: string]

/**
 * Puts `{{placeholders}}` into a recorded text about a resource: `{{id}}` and `{{name}}` for its own, `{{vpc}}`,
 * `{{role}}` … for those it names, `{{own:…}}` for the ids that AWS makes up beside it.
 */
export function withPlaceholders(
  created: Created,
  kinds: readonly (readonly [kind: string, resourceType: string, id: string])[],
  resource: CollectedResource,
): (text: string) => string {
  const unnamed = kinds.flatMap(([kind, , id]): Replacement[] =>
    kind === 'root-volume' ? [[id, '{{rootVolume}}']] : kind === 'default-vpc' ? [[id, '{{defaultVpc}}']] : [],
  )
  const all = [...tags(resource), ...own(resource), ...unnamed, ...others(created), ...madeUp, ...places(created)]
  return (text) => all.reduce((hidden, [found, placeholder]) => hidden.replaceAll(found, placeholder), text)
}

/** Values of the tag `team`, in XML and in JSON, and the tag `Name` where it is more than the id. */
function tags({ resourceId, tags: { Name } }: CollectedResource): Replacement[] {
  const name: Replacement[] =
    Name === undefined || resourceId.includes(Name) ? [] : [[new RegExp(`(?<=[>"])${Name}(?=[<"])`, 'g'), '{{name}}']]
  return [[/(?<=<[Vv]alue>)orders(?=<)/g, '{{team}}'], [/(?<="(Value|team)": ?")orders(?=")/g, '{{team}}'], ...name]
}

function own({ resourceId }: CollectedResource): Replacement[] {
  // Some names are short words of other names.
  return [
    [new RegExp(`(?<=[:/">])${resourceId}(?=["<:/])`, 'g'), '{{id}}'],
    ...(resourceId.includes('-') ? [[resourceId, '{{id}}'] as Replacement] : []),
  ]
}

function others({ network, identity, compute, data }: Created): Replacement[] {
  const last = (arn: string) => arn.slice(arn.search(/[^:/]+$/))
  const ofArn = (arn: string, placeholder: string): Replacement => [
    new RegExp(`${arn}(?![\\w-])`, 'g'),
    arn.replace(/[^:/]+$/, placeholder),
  ]
  return [
    [network.vpcId, '{{vpc}}'],
    [network.subnetId, '{{subnet}}'],
    [network.otherSubnetId, '{{otherSubnet}}'],
    [network.webGroupId, '{{securityGroup}}'],
    // Also the default group of the VPC, which a NAT gateway's interface is in.
    [/\bsg-[0-9a-f]{17}\b/g, '{{securityGroup}}'],
    [/(?<={{securityGroup}}<\/groupId><groupName>)(orders-web|default)(?=<)/g, '{{securityGroupName}}'],
    [/(?<="GroupId":"{{securityGroup}}","GroupName":")(orders-web|default)(?=")/g, '{{securityGroupName}}'],
    [network.natGatewayId, '{{natGateway}}'],
    [network.natAllocationId, '{{natAddress}}'],
    [network.natInterfaceId, '{{natInterface}}'],
    [compute.instanceId, '{{instance}}'],
    [compute.volumeId, '{{dataVolume}}'],
    [compute.addressInterfaceId, '{{instanceInterface}}'],
    [compute.allocationId, '{{instanceAddress}}'],
    [compute.publicIp, '{{publicIp}}'],
    [compute.publicIp.replaceAll('.', '-'), '{{publicIpWithDashes}}'],
    [last(identity.roleArn), '{{role}}'],
    [last(identity.policyArn), '{{policy}}'],
    [last(identity.userArn), '{{user}}'],
    ofArn(data.deadLetterArn, '{{deadLetterQueue}}'),
    ofArn(data.queueArn, '{{queue}}'),
    ofArn(data.tableArn, '{{table}}'),
  ]
}

/** Our made-up KMS key: it is the same in all accounts, as is nothing else. */
const key = '1f9c0a52-7d1e-4c6b-9d0e-5b8f3a2c4d6e'

const madeUp: Replacement[] = [
  [/\b(AROA|AIDA|ANPA|AIPA|AKIA)[A-Z0-9]{16,17}\b/g, '{{own:$1}}'],
  [/\b(r|eipassoc|eni-attach|iip-assoc|rtbassoc|vpc-cidr-assoc|db)-[0-9A-Za-z]{17,26}\b/g, '{{own:$1-}}'],
  [new RegExp(`\\b(?!${key})[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b`, 'g'), '{{own:uuid}}'],
  [/(?<=(loadbalancer\/app|targetgroup)\/[^/]+\/)[0-9a-f]{16}\b/g, '{{own:$1}}'],
  [/127\.0\.0\.1:\d+/g, '{{host}}'],
]

const places = ({ place }: Created): Replacement[] => [
  [place.accountId, '{{account}}'],
  [place.region, '{{region}}'],
]
