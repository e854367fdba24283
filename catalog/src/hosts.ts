/** How AWS's own DNS names end, by what answers at them. Each name belongs to one resource in the world. */
const patterns = {
  'AWS::ApiGateway::DomainName': /^[\w.-]+\.execute-api\.[\w-]+\.amazonaws\.com(\.cn)?$/,
  'AWS::CloudFront::Distribution': /^[\w.-]+\.cloudfront\.(net|cn)$/,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': /^[\w.-]+\.elb\.([\w-]+\.)?amazonaws\.com(\.cn)?$/,
  'AWS::GlobalAccelerator::Accelerator': /^[\w.-]+\.awsglobalaccelerator\.com$/,
  'AWS::RDS::DBCluster': /^[\w-]+\.cluster-(ro-)?[\w-]+\.[\w-]+\.rds\.amazonaws\.com(\.cn)?$/,
  'AWS::RDS::DBInstance': /^[\w-]+\.(?!cluster-|proxy-)[\w-]+\.[\w-]+\.rds\.amazonaws\.com(\.cn)?$/,
}

export type HostedType = keyof typeof patterns

/** Where a setting holds more than a name (`postgres://orders@db.….rds.amazonaws.com:5432/orders`), each name in it. */
const names = /(?<![\w-])[a-z0-9][\w-]*(?:\.[a-z0-9][\w-]*){2,}/gi

/** DNS names of one kind of resource in texts: record values, origins, values of an environment. */
export const hostsOf = (type: HostedType, texts: readonly (string | undefined)[]): string[] => [
  ...new Set(
    texts
      .flatMap((text) => text?.match(names) ?? [])
      .map((host) => host.toLowerCase())
      .filter((host) => patterns[type].test(host)),
  ),
]

/** Of private networks, and of the machine itself. */
const privateRanges =
  /^(0|10|127\.0\.0|169\.254|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./

/** Those of the texts that are IPv4 addresses of the internet: a private one may stand in many networks. */
export const publicAddresses = (texts: readonly (string | undefined)[]): string[] =>
  texts.filter(
    (text): text is string => text !== undefined && /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && !privateRanges.test(text),
  )

/** ARN of the bucket an S3 endpoint belongs to: `papers.s3.eu-central-1.amazonaws.com`, website endpoints too. */
export const bucketArnOf = (host: string | undefined): string | undefined => {
  const [, bucket, china] = /^(.+)\.s3(?:[.-][\w.-]+)?\.amazonaws\.com(\.cn)?$/.exec(host ?? '') ?? []
  return bucket && `arn:aws${china ? '-cn' : ''}:s3:::${bucket}`
}

/** Registry and repository of a container image, without tag and digest; undefined for other registries than ECR. */
export const repositoryUriOf = (image: string | undefined): string | undefined =>
  /^\d{12}\.dkr[.-]ecr[\w.-]*\.[\w-]+\.[\w.]+\/[a-z0-9._/-]+/.exec(image ?? '')?.[0]
