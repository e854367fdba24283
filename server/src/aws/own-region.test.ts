import { afterEach, expect, test, vi } from 'vitest'
import { ownRegion } from './own-region.ts'

afterEach(() => vi.unstubAllEnvs())

const nowhere = () => {
  vi.stubEnv('AWS_CONFIG_FILE', '/nonexistent/config')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nonexistent/credentials')
}

test('the installation asks in the region it is configured for, so that other partitions work', async () => {
  nowhere()
  vi.stubEnv('AWS_REGION', 'us-gov-west-1')
  expect(await ownRegion()).toBe('us-gov-west-1')
})

test('without a configured region it asks in us-east-1', async () => {
  nowhere()
  vi.stubEnv('AWS_REGION', undefined)
  expect(await ownRegion()).toBe('us-east-1')
})
