import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { validate } from '../testing/connect.ts'
import { type Product, startProduct } from '../testing/product.ts'
import type { EstateShape } from '../estates/estate.ts'
import { type EstateGateway, startEstateGateway } from '../estates/estate-gateway.ts'

export interface EstateProduct {
  aws: EstateGateway
  product: Product
  close(): Promise<void>
}

/** An emulator answers at once: the courtesy that AWS's customers need would only make the test wait. */
const quotaShare = '1000'

/** Adds the accounts of an estate and validates them. Its roles know their ExternalIds beforehand, so ours are set to those. */
export const connectEstate = async (product: Product, aws: EstateGateway): Promise<void> => {
  const regions = [...new Set(aws.estate.scopes().map((scope) => scope.region))].filter((region) => region !== 'global')
  for (const accountId of aws.estate.accounts) {
    const input = {
      credentialType: 'iam_role',
      name: `account-${accountId}`,
      accountId,
      regions,
      roleArn: aws.roleArn(accountId),
    }
    const { body } = await product.call<AWSAccount>('POST', '/aws/accounts', input)
    await product.core.database.pool.query('update aws_account set external_id = $1 where id = $2', [
      aws.externalId(accountId),
      body.id,
    ])
    const done = (await validate(product, body.id)).at(-1)
    if (done?.type !== 'done' || done.account.status !== 'active')
      throw new Error(`not connected: ${JSON.stringify(done)}`)
  }
}

/** The product with a worker in front of an estate whose truth is known. */
export const startEstateProduct = async (shape: EstateShape & { seed: string }): Promise<EstateProduct> => {
  const aws = await startEstateGateway(shape)
  const product = await startProduct({
    endpoint: aws.endpoint,
    identity: aws.user,
    worker: true,
    env: { AWS_QUOTA_SHARE: quotaShare, LOG_LEVEL: 'warn' },
  })
  await connectEstate(product, aws)
  return {
    aws,
    product,
    close: async () => {
      await product.close()
      await aws.close()
    },
  }
}

export const typeNames: readonly string[] = resourceTypes.map((type) => type.resourceType)
