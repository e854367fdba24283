import type * as kms from '@aws-sdk/client-kms'
import { resourceTypeOf } from '../define.ts'

interface Key extends kms.KeyListEntry, Omit<kms.KeyMetadata, 'KeyId'> {
  Aliases?: kms.AliasListEntry[] | null
  Rotation?: Omit<kms.GetKeyRotationStatusResponse, '$metadata'> | null
  Policy?: string | null
  Tags?: kms.Tag[] | null
}

/** AWS keeps policy, rotation and tags of its own keys (`KeyManager: AWS`) the same everywhere. */
const isCustomerManaged = (key: { KeyManager?: string | undefined }) => key.KeyManager === 'CUSTOMER'

/** KMS key, the customer's and AWS's. Source: KMS ListKeys (which answers ids only), DescribeKey. */
export const key = resourceTypeOf<typeof kms, Key>()({
  resourceType: 'AWS::KMS::Key',
  service: 'kms',
  scope: 'regional',
  label: 'KMS key',
  list: {
    operation: 'ListKeys',
    items: 'Keys',
    page: { request: 'Marker', response: 'NextMarker', size: { name: 'Limit', min: 1, max: 1000 } },
  },
  iamActions: ['kms:ListKeys'],
  id: 'KeyId',
  arn: 'KeyArn',
  maxStaleness: { minutes: 15 },
  name: 'Aliases[].AliasName',
  tags: 'Tags',
  state: 'KeyState',
  createdAt: 'CreationDate',
  details: [
    {
      operation: 'DescribeKey',
      iamAction: 'kms:DescribeKey',
      input: (key) => ({ KeyId: key.KeyId }),
      pick: 'KeyMetadata',
    },
    {
      operation: 'ListAliases',
      iamAction: 'kms:ListAliases',
      input: (key) => ({ KeyId: key.KeyId, Limit: 100 }),
      pick: 'Aliases',
      as: 'Aliases',
      page: { request: 'Marker', response: 'NextMarker' },
    },
    {
      operation: 'GetKeyRotationStatus',
      iamAction: 'kms:GetKeyRotationStatus',
      // Only such keys can rotate by themselves.
      when: (key) => isCustomerManaged(key) && key.KeySpec === 'SYMMETRIC_DEFAULT' && key.Origin === 'AWS_KMS',
      input: (key) => ({ KeyId: key.KeyId }),
      as: 'Rotation',
    },
    {
      operation: 'GetKeyPolicy',
      iamAction: 'kms:GetKeyPolicy',
      when: isCustomerManaged,
      input: (key) => ({ KeyId: key.KeyId, PolicyName: 'default' }),
      pick: 'Policy',
      as: 'Policy',
    },
    {
      operation: 'ListResourceTags',
      iamAction: 'kms:ListResourceTags',
      when: isCustomerManaged,
      input: (key) => ({ KeyId: key.KeyId }),
      pick: 'Tags',
      as: 'Tags',
      page: { request: 'Marker', response: 'NextMarker' },
    },
  ],
  relationships: [
    {
      to: 'AWS::KMS::Key',
      kind: 'created-from',
      by: 'arn',
      at: (key) =>
        key.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA'
          ? key.MultiRegionConfiguration.PrimaryKey?.Arn
          : undefined,
    },
  ],
  events: {
    CreateKey: 'responseElements.keyMetadata.keyId',
    PutKeyPolicy: 'requestParameters.keyId',
    EnableKeyRotation: 'requestParameters.keyId',
    DisableKeyRotation: 'requestParameters.keyId',
    EnableKey: 'requestParameters.keyId',
    DisableKey: 'requestParameters.keyId',
    CreateAlias: 'requestParameters.targetKeyId',
    UpdateAlias: 'requestParameters.targetKeyId',
    ScheduleKeyDeletion: 'requestParameters.keyId',
    CancelKeyDeletion: 'requestParameters.keyId',
  },
  documents: ['Policy'],
  unordered: ['Aliases', 'EncryptionAlgorithms', 'SigningAlgorithms', 'MultiRegionConfiguration.ReplicaKeys'],
})
