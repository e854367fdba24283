import type { z } from 'zod'
import { contract } from '@dashboard/contract/contract.ts'

export interface Operation {
  /** `area.operation`, the operation's id in the OpenAPI document. */
  id: string
  method: string
  /** Below `/api`, with `{id}` where an id goes. */
  path: string
  /** Its `{id}` is a number; elsewhere it is a UUID. */
  integerId: boolean
}

interface Route {
  '~orpc': { route: { method?: string; path?: string }; inputSchema?: unknown }
}

const hasIntegerId = (schema: unknown): boolean => {
  const { shape } = (schema ?? {}) as { shape?: Record<string, z.ZodType> }
  return shape?.['id']?.safeParse('1').success === true
}

const ofArea = (area: string, routes: Record<string, Route>): Operation[] =>
  Object.entries(routes).map(([name, route]) => {
    const {
      route: { method = '', path = '' },
      inputSchema,
    } = route['~orpc']
    return { id: `${area}.${name}`, method, path, integerId: hasIntegerId(inputSchema) }
  })

/** Every operation of the contract. */
export const operations: Operation[] = Object.entries(contract).flatMap(([area, routes]) =>
  ofArea(area, routes as Record<string, Route>),
)

export const publicOperations = ['auth.login', 'auth.refresh', 'auth.logout', 'health.live', 'health.ready']

export const absentId = '01977d3e-0000-7000-8000-000000000000'

/** An id of the right shape that nothing has. */
const absentIdOf = ({ integerId }: Operation): string => (integerId ? '9007199254740991' : absentId)

export const pathOf = (operation: Operation, id = absentIdOf(operation)): string =>
  `/api${operation.path.replace('{id}', encodeURIComponent(id))}`

/** Bodies that are accepted as they stand, for the operations that take one. */
export const validBodies: Record<string, Record<string, unknown>> = {
  'auth.login': { email: 'nobody@example.com', password: 'a wrong password' },
  'auth.changePassword': { currentPassword: 'a wrong password', newPassword: 'nine purple lanterns' },
  'accounts.add': {
    credentialType: 'iam_role',
    name: 'Edge',
    accountId: '123456789012',
    regions: ['eu-west-1'],
    defaultRegion: 'eu-west-1',
    tags: { team: 'a' },
  },
  'accounts.update': { name: 'Renamed', regions: ['eu-west-1'], tags: { team: 'b' } },
  'credentials.create': {
    name: 'Edge',
    accessKeyId: 'AKIAEDGEEDGEEDGEEDGE',
    secretAccessKey: 'Edge/edge+Edge0edge/Edge+edge0Edge/edge1',
  },
  'credentials.update': { name: 'Renamed' },
  'views.add': { page: 'resources', name: 'Edge', search: 'region=eu-west-1', shared: false },
  'views.update': { name: 'Renamed', search: 'region=us-east-1', shared: true },
  'resources.discover': { accountIds: ['123456789012'], regions: ['eu-west-1'], resourceTypes: ['AWS::EC2::Volume'] },
}

const resourceFilter = {
  accountId: '123456789012',
  region: 'eu-west-1',
  service: 'ec2',
  resourceType: 'AWS::EC2::Volume',
  state: 'available',
  tag: 'team=a',
  environment: 'production',
  text: 'web',
  changedSince: '24h',
  changedUntil: '2026-11-25T00:00:00Z',
  change: 'DELETED',
}

export const validQueries: Record<string, Record<string, string>> = {
  'accounts.list': { maxResults: '5' },
  'credentials.list': { maxResults: '5' },
  'resources.list': { ...resourceFilter, sort: 'name', order: 'asc', maxResults: '5' },
  'resources.facets': { ...resourceFilter, tagKey: 'team' },
  'resources.export': { ...resourceFilter, format: 'csv', sort: 'name', order: 'asc', columns: 'tag:team' },
  'resources.versions': { maxResults: '5' },
  'views.list': { page: 'resources' },
  'scopes.list': {
    accountId: '123456789012',
    region: 'eu-west-1',
    resourceType: 'AWS::EC2::Volume',
    status: 'FAILED',
    held: 'true',
    maxResults: '5',
  },
  'scopes.matrix': { accountId: '123456789012', maxResults: '5' },
  'jobs.list': { maxResults: '5' },
  'jobs.scopes': { status: 'FAILED', maxResults: '5' },
}
