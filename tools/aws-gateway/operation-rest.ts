/** Method, path as the API references write it, and operation. */
type Row = readonly [method: string, path: string, operation: string]

/** REST calls of services that name their operation by method and path alone. Source: each service's API reference. */
const tables: Record<string, readonly Row[]> = {
  apigateway: [
    ['GET', '/restapis', 'GetRestApis'],
    ['POST', '/restapis', 'CreateRestApi'],
    ['GET', '/restapis/{restApiId}', 'GetRestApi'],
    ['DELETE', '/restapis/{restApiId}', 'DeleteRestApi'],
    ['GET', '/restapis/{restApiId}/resources', 'GetResources'],
    ['GET', '/restapis/{restApiId}/stages', 'GetStages'],
    ['GET', '/v2/apis', 'GetApis'],
    ['POST', '/v2/apis', 'CreateApi'],
    ['GET', '/v2/apis/{ApiId}', 'GetApi'],
    ['DELETE', '/v2/apis/{ApiId}', 'DeleteApi'],
    ['GET', '/v2/apis/{ApiId}/integrations', 'GetIntegrations'],
    ['GET', '/v2/apis/{ApiId}/routes', 'GetRoutes'],
  ],
  cloudfront: [
    ['GET', '/2020-05-31/distribution', 'ListDistributions'],
    ['POST', '/2020-05-31/distribution', 'CreateDistribution'],
    ['GET', '/2020-05-31/distribution/{Id}', 'GetDistribution'],
    ['DELETE', '/2020-05-31/distribution/{Id}', 'DeleteDistribution'],
    ['PUT', '/2020-05-31/distribution/{Id}/config', 'UpdateDistribution'],
    ['GET', '/2020-05-31/tagging', 'ListTagsForResource'],
    ['POST', '/2020-05-31/tagging', 'TagResource'],
  ],
  eks: [
    ['GET', '/clusters', 'ListClusters'],
    ['POST', '/clusters', 'CreateCluster'],
    ['GET', '/clusters/{name}', 'DescribeCluster'],
    ['DELETE', '/clusters/{name}', 'DeleteCluster'],
    ['GET', '/clusters/{name}/node-groups', 'ListNodegroups'],
    ['GET', '/clusters/{name}/node-groups/{nodegroupName}', 'DescribeNodegroup'],
  ],
  elasticfilesystem: [
    ['GET', '/2015-02-01/file-systems', 'DescribeFileSystems'],
    ['POST', '/2015-02-01/file-systems', 'CreateFileSystem'],
    ['DELETE', '/2015-02-01/file-systems/{FileSystemId}', 'DeleteFileSystem'],
    ['GET', '/2015-02-01/file-systems/{FileSystemId}/policy', 'DescribeFileSystemPolicy'],
    ['GET', '/2015-02-01/mount-targets', 'DescribeMountTargets'],
    ['POST', '/2015-02-01/mount-targets', 'CreateMountTarget'],
  ],
  route53: [
    ['GET', '/2013-04-01/hostedzone', 'ListHostedZones'],
    ['POST', '/2013-04-01/hostedzone', 'CreateHostedZone'],
    ['GET', '/2013-04-01/hostedzone/{Id}', 'GetHostedZone'],
    ['DELETE', '/2013-04-01/hostedzone/{Id}', 'DeleteHostedZone'],
    ['GET', '/2013-04-01/hostedzone/{HostedZoneId}/rrset', 'ListResourceRecordSets'],
    ['POST', '/2013-04-01/hostedzone/{HostedZoneId}/rrset', 'ChangeResourceRecordSets'],
    ['GET', '/2013-04-01/tags/{ResourceType}/{ResourceId}', 'ListTagsForResource'],
    ['POST', '/2013-04-01/tags/{ResourceType}/{ResourceId}', 'ChangeTagsForResource'],
  ],
}

const patterns = new Map(
  Object.entries(tables).map(([service, rows]) => [
    service,
    rows.map(([method, path, operation]) => ({ method, operation, path: patternOf(path) })),
  ]),
)

/** The operation of a REST call, or its method where the table has none. */
export const restOperation = (service: string, method: string, path: string): string =>
  patterns.get(service)?.find((row) => row.method === method && row.path.test(path))?.operation ?? method

/** Some SDKs end a path with a slash. */
function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`)
}
