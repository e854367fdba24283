import { apiQuery } from '../../../lib/hand-on/api-query.ts'
import { shellQuote } from '../../../lib/hand-on/shell-quote.ts'
import type { FilterInput } from '../list-input.ts'

/** The call of our API that answers the same; the token stays with whoever runs it. */
export const curlOf = (origin: string, path: string, input: Record<string, unknown> = {}): string => {
  const query = apiQuery(input)
  const url = `${origin}/api${path}${query ? `?${query}` : ''}`
  return `curl -H "Authorization: Bearer $DASHBOARD_TOKEN" ${shellQuote(url)}`
}

interface Named {
  resourceType: string
  resourceId: string
  region: string
}

/** AWS lists services without regions in one of them. */
const callRegion = (region: string): string => (region === 'global' ? 'us-east-1' : region)

/** Cloud Control reads any type by its CloudFormation name. */
export const awsCliOfResource = ({ resourceType, resourceId, region }: Named): string =>
  [
    'aws cloudcontrol get-resource',
    `--type-name ${resourceType}`,
    `--identifier ${shellQuote(resourceId)}`,
    `--region ${callRegion(region)}`,
  ].join(' ')

const tagFilter = (tag: string): string => {
  const cut = tag.indexOf('=')
  return shellQuote(cut < 0 ? `Key=${tag}` : `Key=${tag.slice(0, cut)},Values=${tag.slice(cut + 1)}`)
}

const notExpressed = (input: FilterInput, isByType: boolean): string[] => [
  ...(input.accountId ? [`account ${input.accountId.join(', ')}: run it with credentials of each`] : []),
  ...(input.environment ? [`environment ${input.environment.join(', ')}`] : []),
  ...(input.state ? [`state ${input.state.join(', ')}`] : []),
  ...(input.text ? [`text ${input.text}`] : []),
  ...(isByType && input.tag ? [`tag ${input.tag.join(', ')}`] : []),
  ...(isByType && input.service ? [`service ${input.service.join(', ')}`] : []),
  ...(input.changedSince || input.changedUntil || input.change ? ['when it changed'] : []),
]

const byType = (types: readonly string[], regions: readonly string[]): string[] =>
  types.flatMap((type) =>
    regions.map((region) => `aws cloudcontrol list-resources --type-name ${type} --region ${callRegion(region)}`),
  )

const byTag = ({ tag = [], service = [] }: FilterInput, regions: readonly string[]): string[] =>
  regions.map((region) =>
    [
      'aws resourcegroupstaggingapi get-resources',
      ...(service.length ? [`--resource-type-filters ${service.map(shellQuote).join(' ')}`] : []),
      ...(tag.length ? [`--tag-filters ${tag.map(tagFilter).join(' ')}`] : []),
      `--region ${callRegion(region)}`,
    ].join(' '),
  )

/** Commands that ask AWS itself for what the filter shows, as far as AWS can say it; the rest stands in comments. */
export const awsCliOfFilter = (input: FilterInput, usedRegions: readonly string[]): string => {
  const types = input.resourceType ?? []
  const regions = input.region ?? usedRegions
  const commands = types.length ? byType(types, regions) : byTag(input, regions)
  const missing = notExpressed(input, types.length > 0).map((part) => `# Not in these commands: ${part}`)
  return [...missing, ...new Set(commands)].join('\n')
}
