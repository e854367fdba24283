import { CreateAliasCommand, CreateKeyCommand, EnableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

/** A customer managed key with an alias; returns its ARN. */
export async function createKey(
  site: Site,
  { alias, description, rotated }: { alias: string; description: string; rotated: boolean },
  owner: Owner,
): Promise<string> {
  const kms = site.of(KMSClient)
  const Tags = tagList(undefined, owner).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }))
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Description: description, Tags }))
  const KeyId = required(KeyMetadata?.KeyId, 'KeyId')
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: KeyId }))
  if (rotated) await kms.send(new EnableKeyRotationCommand({ KeyId }))
  return required(KeyMetadata?.Arn, 'KeyMetadata.Arn')
}

/** A secret whose value opens nothing; returns its ARN. */
export async function createSecret(
  site: Site,
  { name, keyArn }: { name: string; keyArn?: string },
  owner: Owner,
): Promise<string> {
  const command = new CreateSecretCommand({
    Name: name,
    SecretString: JSON.stringify({ username: 'app', password: 'not-a-real-database' }),
    ...(keyArn === undefined ? {} : { KmsKeyId: keyArn }),
    Tags: tagList(undefined, owner),
  })
  return required((await site.of(SecretsManagerClient).send(command)).ARN, 'ARN')
}

/** A plain configuration parameter. */
export async function putParameter(
  site: Site,
  { name, value, overwrite = false }: { name: string; value: string; overwrite?: boolean },
  owner: Owner,
): Promise<void> {
  // AWS takes tags at the first time alone.
  const Tags = overwrite ? undefined : tagList(undefined, owner)
  await site
    .of(SSMClient)
    .send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: overwrite, Tags }))
}
