/** Which partition a region belongs to, by the prefix AWS gives its regions. */
export const partitionOf = (region: string): string => {
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('eusc-')) return 'aws-eusc'
  return 'aws'
}

const homes: Record<string, string> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
  'aws-eusc': 'eusc-de-east-1',
}

/** The region that global services (IAM, the list of buckets) are signed for. */
export const homeRegionOf = (partition: string): string => homes[partition] ?? 'us-east-1'

const suffixes: Record<string, string> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
}

/** What the host names of a partition's services end with. */
export const dnsSuffixOf = (partition: string): string => suffixes[partition] ?? 'amazonaws.com'

const dualstackSuffixes: Record<string, string> = {
  aws: 'api.aws',
  'aws-us-gov': 'api.aws',
  'aws-cn': 'api.amazonwebservices.com.cn',
}

/** The same of dual-stack endpoints. Source: the SDK's own partition table. */
export const dualstackSuffixOf = (partition: string): string => dualstackSuffixes[partition] ?? dnsSuffixOf(partition)

const consoles = new Map([
  ['aws', 'console.aws.amazon.com'],
  ['aws-us-gov', 'console.amazonaws-us-gov.com'],
  ['aws-cn', 'console.amazonaws.cn'],
])

/** Opens a resource by its ARN in the AWS console; null where the partition's console is not known. */
export const consoleUrlOf = (arn: string): string | null => {
  const partition = arn.split(':')[1] ?? ''
  const host = consoles.get(partition)
  return host === undefined ? null : `https://${host}/go/view?arn=${encodeURIComponent(arn)}`
}
