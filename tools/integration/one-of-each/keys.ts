import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm'
import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { type Clients, type ExpectedResource, made, out, ownTags, type Place, tagList } from './created.ts'

export type Keys = Awaited<ReturnType<typeof createKeys>>

/** Value of a secret and of a parameter that nothing may ask for. */
export const secretCanary = 'canary-9b4e7d20c6f1a835'

const keyPolicy = ({ partition, accountId }: Place) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Administer',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
})

const secretPolicy = (place: Place) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'secretsmanager:DeleteSecret',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': place.accountId } },
    },
  ],
})

/** An authority that need not exist: the inventory shows it as external. */
const authorityArn = ({ partition, region, accountId }: Place) =>
  `arn:${partition}:acm-pca:${region}:${accountId}:certificate-authority/6b1d0f3e-2c5a-4e8b-9f70-1a2b3c4d5e6f`

export async function createKeys(clients: Clients, place: Place) {
  const key = await createKey(clients(KMSClient), place)
  const secretArn = await createSecret(clients(SecretsManagerClient), place, key.customerKeyArn)
  await clients(SSMClient).send(
    new PutParameterCommand({
      Name: '/orders/database/password',
      Description: 'Password of the order database',
      Type: 'SecureString',
      Value: secretCanary,
      KeyId: key.customerKeyArn,
      Tags: tagList(ownTags('orders-parameter')),
    }),
  )
  const certificate = await clients(ACMClient).send(
    new RequestCertificateCommand({
      DomainName: 'orders.example.com',
      SubjectAlternativeNames: ['www.orders.example.com'],
      // Issued at once: the emulator issues public ones a minute later.
      CertificateAuthorityArn: authorityArn(place),
      Tags: tagList(ownTags('orders-certificate')),
    }),
  )
  return { ...key, secretArn, certificateArn: made(certificate.CertificateArn, 'certificate') }
}

async function createKey(kms: KMSClient, place: Place) {
  const { KeyMetadata } = await kms.send(
    new CreateKeyCommand({
      Description: 'Encrypts orders',
      Policy: JSON.stringify(keyPolicy(place)),
      Tags: Object.entries(ownTags('orders-key')).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  )
  const KeyId = made(KeyMetadata?.KeyId, 'key')
  await kms.send(new CreateAliasCommand({ AliasName: 'alias/orders', TargetKeyId: KeyId }))
  await kms.send(new EnableKeyRotationCommand({ KeyId }))
  return { customerKeyId: KeyId, customerKeyArn: made(KeyMetadata?.Arn, 'ARN of the key') }
}

async function createSecret(secrets: SecretsManagerClient, place: Place, KmsKeyId: string) {
  const { ARN } = await secrets.send(
    new CreateSecretCommand({
      Name: 'orders/database',
      Description: 'Login of the order database',
      SecretString: secretCanary,
      KmsKeyId,
      Tags: tagList(ownTags('orders-secret')),
    }),
  )
  const SecretId = made(ARN, 'secret')
  await secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: JSON.stringify(secretPolicy(place)) }))
  return SecretId
}

export function expectedKeys(keys: Keys, place: Place): ExpectedResource[] {
  const { partition, region, accountId } = place
  const encrypted = out('encrypted-by', 'AWS::KMS::Key', keys.customerKeyArn)
  return [
    {
      resourceType: 'AWS::KMS::Key',
      resourceId: keys.customerKeyId,
      arn: keys.customerKeyArn,
      name: 'alias/orders',
      state: 'Enabled',
      region,
      tags: ownTags('orders-key'),
      properties: {
        Description: 'Encrypts orders',
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        Policy: keyPolicy(place),
        'Rotation.KeyRotationEnabled': true,
      },
      relationships: [],
    },
    {
      resourceType: 'AWS::SecretsManager::Secret',
      resourceId: 'orders/database',
      arn: keys.secretArn,
      name: 'orders/database',
      state: null,
      region,
      tags: ownTags('orders-secret'),
      properties: { Description: 'Login of the order database', ResourcePolicy: secretPolicy(place) },
      relationships: [encrypted],
    },
    {
      resourceType: 'AWS::SSM::Parameter',
      resourceId: '/orders/database/password',
      arn: `arn:${partition}:ssm:${region}:${accountId}:parameter/orders/database/password`,
      name: '/orders/database/password',
      state: null,
      region,
      tags: ownTags('orders-parameter'),
      properties: { Description: 'Password of the order database', Type: 'SecureString', Version: 1 },
      relationships: [encrypted],
    },
    {
      resourceType: 'AWS::CertificateManager::Certificate',
      resourceId: keys.certificateArn,
      arn: keys.certificateArn,
      name: 'orders.example.com',
      state: 'ISSUED',
      region,
      tags: ownTags('orders-certificate'),
      properties: {
        SubjectAlternativeNames: ['orders.example.com', 'www.orders.example.com'],
        Type: 'PRIVATE',
      },
      relationships: [out('created-from', 'AWS::ACMPCA::CertificateAuthority', authorityArn(place))],
    },
  ]
}
