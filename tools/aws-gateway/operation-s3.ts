import type { WireRequest } from './wire.ts'

export interface NamedOperation {
  /** AWS's operation. */
  operation: string
  /** IAM's action. */
  action: string
}

type Row = [operation: string, action: string]

/** Bucket sub-resources whose operations are Get…, Put… and Delete… of the same name. */
const bucketParts: Record<string, [name: string, action: string]> = {
  accelerate: ['BucketAccelerateConfiguration', 'AccelerateConfiguration'],
  acl: ['BucketAcl', 'BucketAcl'],
  cors: ['BucketCors', 'BucketCORS'],
  encryption: ['BucketEncryption', 'EncryptionConfiguration'],
  'intelligent-tiering': ['BucketIntelligentTieringConfiguration', 'IntelligentTieringConfiguration'],
  lifecycle: ['BucketLifecycleConfiguration', 'LifecycleConfiguration'],
  location: ['BucketLocation', 'BucketLocation'],
  logging: ['BucketLogging', 'BucketLogging'],
  notification: ['BucketNotificationConfiguration', 'BucketNotification'],
  'object-lock': ['ObjectLockConfiguration', 'BucketObjectLockConfiguration'],
  ownershipControls: ['BucketOwnershipControls', 'BucketOwnershipControls'],
  policy: ['BucketPolicy', 'BucketPolicy'],
  policyStatus: ['BucketPolicyStatus', 'BucketPolicyStatus'],
  publicAccessBlock: ['PublicAccessBlock', 'BucketPublicAccessBlock'],
  replication: ['BucketReplication', 'ReplicationConfiguration'],
  tagging: ['BucketTagging', 'BucketTagging'],
  versioning: ['BucketVersioning', 'BucketVersioning'],
  website: ['BucketWebsite', 'BucketWebsite'],
}

const bucketCalls: Record<string, Row> = {
  GET: ['ListObjectsV2', 'ListBucket'],
  HEAD: ['HeadBucket', 'ListBucket'],
  PUT: ['CreateBucket', 'CreateBucket'],
  DELETE: ['DeleteBucket', 'DeleteBucket'],
  POST: ['DeleteObjects', 'DeleteObject'],
}

const objectCalls: Record<string, Row> = {
  GET: ['GetObject', 'GetObject'],
  HEAD: ['HeadObject', 'GetObject'],
  PUT: ['PutObject', 'PutObject'],
  DELETE: ['DeleteObject', 'DeleteObject'],
  POST: ['CreateMultipartUpload', 'PutObject'],
}

const verbs: Record<string, string> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' }

/** The operation and action of a path-style S3 call. Source: S3 API reference, service authorization reference. */
export function s3Operation({ method, path, query }: WireRequest): NamedOperation {
  const [bucket, ...key] = path.slice(1).split('/')
  if (!bucket) return named(['ListBuckets', 'ListAllMyBuckets'])
  if (key.join('/')) return named(objectCalls[method] ?? [method, method])
  return named(bucketPart(method, query) ?? bucketCalls[method] ?? [method, method])
}

function bucketPart(method: string, query: string): Row | undefined {
  const part = Object.entries(bucketParts).find(([name]) => new URLSearchParams(query).has(name))?.[1]
  const verb = verbs[method]
  // IAM has no Delete… of its own for the configurations: deleting one is putting it.
  return part && verb
    ? [`${verb}${part[0]}`, `${verb === 'Delete' && part[0] !== 'BucketPolicy' ? 'Put' : verb}${part[1]}`]
    : undefined
}

function named([operation, action]: Row): NamedOperation {
  return { operation, action: `s3:${action}` }
}
