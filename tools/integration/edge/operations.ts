import { contract } from '@dashboard/contract/contract.ts'

export interface Operation {
  /** `area.operation`, the operation's id in the OpenAPI document. */
  id: string
  method: string
  /** Below `/api`, with `{id}` where an id goes. */
  path: string
}

interface Route {
  '~orpc': { route: { method?: string; path?: string } }
}

const ofArea = (area: string, routes: Record<string, Route>): Operation[] =>
  Object.entries(routes).map(([name, route]) => {
    const { method = '', path = '' } = route['~orpc'].route
    return { id: `${area}.${name}`, method, path }
  })

/** Every operation of the contract. */
export const operations: Operation[] = Object.entries(contract).flatMap(([area, routes]) =>
  ofArea(area, routes as Record<string, Route>),
)

export const publicOperations = ['auth.login', 'auth.refresh', 'auth.logout', 'health.live', 'health.ready']

export const absentId = '01977d3e-0000-7000-8000-000000000000'

export const pathOf = (operation: Operation, id = absentId): string =>
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
  'resources.discover': { accountIds: ['123456789012'], regions: ['eu-west-1'], resourceTypes: ['AWS::EC2::Volume'] },
}

export const validQueries: Record<string, Record<string, string>> = {
  'accounts.list': { maxResults: '5' },
  'credentials.list': { maxResults: '5' },
  'resources.list': {
    accountId: '123456789012',
    region: 'eu-west-1',
    service: 'ec2',
    resourceType: 'AWS::EC2::Volume',
    state: 'available',
    tag: 'team=a',
    text: 'web',
    sort: 'name',
    order: 'asc',
    maxResults: '5',
  },
  'jobs.list': { maxResults: '5' },
  'jobs.scopes': { status: 'FAILED', maxResults: '5' },
}
