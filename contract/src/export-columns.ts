/**
 * What an exported CSV file has unless `columns` says otherwise. Apart from the schemas, so that the browser can name them
 * without loading those.
 */
export const defaultExportColumns = [
  'arn',
  'resourceId',
  'name',
  'resourceType',
  'service',
  'accountId',
  'accountName',
  'region',
  'state',
  'environment',
  'createdAt',
  'discoveredAt',
  'lastUpdated',
  'lastSeenAt',
  'tags',
] as const
