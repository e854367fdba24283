import { homeRegionOf } from './partition.ts'

/** The region this installation is configured for (AWS_REGION, or its profile's); the first of AWS where it has none. */
export const ownRegion = async (): Promise<string> => {
  const { STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient({})
  return client.config.region().catch(() => homeRegionOf('aws'))
}
