import type * as secretsmanager from '@aws-sdk/client-secrets-manager'
import { resourceTypeOf } from '../define.ts'

interface Secret extends secretsmanager.SecretListEntry {
  ResourcePolicy?: string | null
}

/** Secret without its value, which is never asked for. Source: Secrets Manager ListSecrets. */
export const secret = resourceTypeOf<typeof secretsmanager, Secret>()({
  resourceType: 'AWS::SecretsManager::Secret',
  service: 'secretsmanager',
  client: 'secrets-manager',
  scope: 'regional',
  label: 'Secret',
  list: {
    operation: 'ListSecrets',
    items: 'SecretList',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 1, max: 100 } },
  },
  iamActions: ['secretsmanager:ListSecrets'],
  id: 'Name',
  arn: 'ARN',
  name: 'Name',
  tags: 'Tags',
  createdAt: 'CreatedDate',
  details: [
    {
      operation: 'GetResourcePolicy',
      iamAction: 'secretsmanager:GetResourcePolicy',
      input: (secret) => ({ SecretId: secret.ARN }),
      pick: 'ResourcePolicy',
      as: 'ResourcePolicy',
    },
  ],
  relationships: [
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (secret) => secret.KmsKeyId },
    { to: 'AWS::Lambda::Function', kind: 'invokes', by: 'arn', at: (secret) => secret.RotationLambdaARN },
  ],
  events: {
    CreateSecret: 'requestParameters.name',
    UpdateSecret: 'requestParameters.secretId',
    RotateSecret: 'requestParameters.secretId',
    PutResourcePolicy: 'requestParameters.secretId',
    DeleteResourcePolicy: 'requestParameters.secretId',
    DeleteSecret: 'requestParameters.secretId',
    RestoreSecret: 'requestParameters.secretId',
  },
  documents: ['ResourcePolicy'],
  volatile: ['LastAccessedDate'],
})
