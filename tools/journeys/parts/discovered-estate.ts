import { type EstateProduct, startEstateProduct } from '../../resilience/estate-product.ts'
import { discover } from '../../testing/connect.ts'

/** Enough for several pages of rows and every state, little enough to be there within seconds. */
const shape = { seed: 'journeys', accounts: 2, regions: 2, resources: 1_200 }

/** A product with a discovered estate in which one service is denied in one place. */
export const startDiscoveredEstate = async (): Promise<EstateProduct> => {
  const estate = await startEstateProduct(shape)
  const [accountId] = estate.aws.estate.accounts
  const [region] = estate.aws.estate.regions
  if (accountId === undefined || region === undefined) throw new Error('The estate has no account or no region.')
  estate.aws.gateway.setFaults({ denials: [{ accountId, region, actions: ['sqs:*'], reason: 'identity-policy' }] })
  await discover(estate.product, {}, 120_000)
  return estate
}
