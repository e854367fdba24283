import { uuidv7 } from 'uuidv7'
import { organization, organizationAccount, organizationalUnit } from '@dashboard/server/db/organization-schema.ts'
import { awsAccount, resource, resourceVersion, scope } from '@dashboard/server/db/schema.ts'
import type { Product } from '../../testing/product.ts'

/** Three accounts: one says its environment, one has it from its organizational unit, one says nothing. */
export const accountIds = ['111111111111', '222222222222', '333333333333'] as const
export const regions = ['eu-west-1', 'us-east-1']
export const types = [
  { resourceType: 'AWS::EC2::Volume', service: 'ec2' },
  { resourceType: 'AWS::SQS::Queue', service: 'sqs' },
]
export const states = ['available', 'in-use', null]
export const environments = ['production', 'staging', 'development']
export const teams = ['payments', 'platform', '=1+1', 'a "quoted", word']

/** Texts that a spreadsheet, a wildcard, or a line-based reader would misread. */
const awkward = [
  '=HYPERLINK("x")',
  '+1',
  '-1',
  '@cmd',
  '\tTab',
  'two\nlines',
  'comma, "quote"',
  '100%_off',
  'Grüße 🦄',
  '',
]

/** The same numbers at each run. */
const numbers = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const minute = 60_000

const addAccounts = async ({ core }: Product): Promise<string[]> => {
  const { db } = core.database
  const ids = accountIds.map(() => uuidv7())
  await db.insert(awsAccount).values(
    accountIds.map((accountId, index) => ({
      id: ids[index] ?? '',
      name: `Account ${index}`,
      accountId,
      partition: 'aws',
      credentialType: 'iam_role' as const,
      regions,
      defaultRegion: 'eu-west-1',
      status: 'active' as const,
      phase: 'CONNECTED' as const,
      environment: index === 0 ? 'production' : null,
    })),
  )
  const [reader = ''] = ids
  await db.insert(organization).values({
    connectionId: reader,
    organizationId: 'o-seeded00001',
    managementAccountId: accountIds[0],
    externalId: 'seeded',
  })
  await db.insert(organizationalUnit).values({
    connectionId: reader,
    id: 'ou-1',
    name: 'Staging',
    path: 'Root/Staging',
    ancestors: ['r-1', 'ou-1'],
    environment: 'staging',
  })
  await db.insert(organizationAccount).values({
    connectionId: reader,
    accountId: accountIds[1],
    name: 'Account 1',
    email: 'one@example.com',
    ouId: 'ou-1',
    state: 'ACTIVE',
    inUnitSince: new Date(),
  })
  return ids
}

/** `size` resources, some of them gone, with versions within the last 40 days. */
export const seedEstate = async (product: Product, size: number): Promise<void> => {
  const { db } = product.core.database
  const connections = await addAccounts(product)
  const now = Date.now()
  const places = connections.flatMap((connectionId, index) =>
    regions.flatMap((region) =>
      types.map((type) => ({ connectionId, region, ...type, accountId: accountIds[index] ?? '' })),
    ),
  )
  const scopes = await db
    .insert(scope)
    .values(
      places.map(({ connectionId, region, resourceType, service }) => ({
        connectionId,
        region,
        resourceType,
        service,
        status: 'SUCCEEDED' as const,
        lastComplete: new Date(),
      })),
    )
    .returning({ id: scope.id })
  const next = numbers(7)
  const of = <Value>(values: readonly Value[]): Value => values[next(values.length)] as Value
  const rows = Array.from({ length: size }, (_, index) => {
    const place = of(places)
    const created = now - next(40 * 24 * 60) * minute
    const gone = next(10) === 0
    const environment = next(3) === 0 ? { Environment: of(['prod', 'stg', 'dev']) } : {}
    const team = next(2) === 0 ? { team: of(teams) } : {}
    return {
      created,
      gone,
      values: {
        uid: uuidv7(),
        scopeId: scopes[places.indexOf(place)]?.id ?? 0,
        accountId: place.accountId,
        region: place.region,
        service: place.service,
        resourceType: place.resourceType,
        nativeId: `id-${index}`,
        arn: `arn:aws:${place.service}:${place.region}:${place.accountId}:x/id-${index}`,
        name: next(4) === 0 ? of(awkward) : `web-${next(40)}`,
        state: of(states),
        tags: { ...environment, ...team },
        properties: {},
        hash: Buffer.alloc(32),
        createdAt: next(2) === 0 ? new Date(created) : null,
        discoveredAt: new Date(created),
        changedAt: new Date(created),
        deletedAt: gone ? new Date(now) : null,
      },
    }
  })
  const stored = await db
    .insert(resource)
    .values(rows.map(({ values }) => values))
    .returning({ id: resource.id })
  const between = (from: number): number => from + next(Math.max(1, Math.floor((now - from) / minute))) * minute
  await db.insert(resourceVersion).values(
    stored.flatMap(({ id }, index) => {
      const { created, gone } = rows[index] ?? { created: now, gone: false }
      const later = Array.from({ length: next(3) }, () => between(created)).toSorted((a, b) => a - b)
      const times = [created, ...later, ...(gone ? [between(later.at(-1) ?? created)] : [])]
      return times.map((at, version) => ({
        resourceId: id,
        version: version + 1,
        at: new Date(at),
        kind:
          version === 0
            ? ('CREATED' as const)
            : gone && version === times.length - 1
              ? ('DELETED' as const)
              : ('CHANGED' as const),
        changes: version === 0 ? [] : [{ path: 'Size', before: version, after: version + 1 }],
      }))
    }),
  )
}
