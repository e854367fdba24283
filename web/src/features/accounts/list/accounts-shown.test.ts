import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { describe, expect, it } from 'vitest'
import { accountsSearch } from './accounts-search.ts'
import { accountsCsv } from './accounts-csv.ts'
import { accountsShown, grouped } from './accounts-shown.ts'

const account = (name: string, part: Partial<AWSAccountSummary> = {}): AWSAccountSummary => ({
  id: name,
  name,
  accountId: '111111111111',
  partition: 'aws',
  credentialType: 'iam_role',
  credentialId: null,
  regions: ['eu-west-1', 'us-east-1'],
  defaultRegion: 'eu-west-1',
  roleArn: null,
  externalId: null,
  status: 'active',
  phase: 'CONNECTED',
  exposed: false,
  fix: null,
  lastValidated: null,
  lastError: null,
  permissionsByRegion: [],
  tags: {},
  environment: null,
  environmentSource: null,
  organization: null,
  nextValidation: null,
  resourceCount: 0,
  coverage: {
    scopes: { total: 0, byStatus: {} },
    accounts: { total: 0, complete: 0 },
    completeAsOf: null,
    gaps: [],
  },
  lastDiscovered: null,
  createdAt: '2026-11-25T12:00:00Z',
  updatedAt: '2026-11-25T12:00:00Z',
  ...part,
})

const inUnit = (ouPath: string) => ({ organizationId: 'o-1', ouId: 'ou-1', ouPath, connectionId: 'c' })
const accounts = [
  account('payments', { environment: 'production', organization: inUnit('Root/Prod'), resourceCount: 9 }),
  account('broken', { phase: 'LOST_ACCESS', status: 'error', tags: { team: 'shop' }, resourceCount: 100 }),
  account('open', { exposed: true, environment: 'staging', organization: inUnit('Root/Stage') }),
  account('resting', { phase: 'PAUSED', status: 'inactive', credentialType: 'access_key' }),
]
const namesFor = (search: Record<string, unknown>) =>
  accountsShown(accounts, accountsSearch(search)).map(({ name }) => name)

describe('the list of accounts', () => {
  it('finds by name, unit, environment and tag; all words must be found', () => {
    expect(namesFor({ text: 'SHOP' })).toEqual(['broken'])
    expect(namesFor({ text: 'root prod' })).toEqual(['payments'])
    expect(namesFor({ text: 'root nowhere' })).toEqual([])
  })

  it('filters by state, method, exposure and environment, also by having none', () => {
    expect(namesFor({ phase: ['LOST_ACCESS', 'PAUSED'] })).toEqual(['broken', 'resting'])
    expect(namesFor({ method: 'access_key' })).toEqual(['resting'])
    expect(namesFor({ exposed: 'true' })).toEqual(['open'])
    expect(namesFor({ environment: '-' })).toEqual(['broken', 'resting'])
  })

  it('sorts the most urgent connection first, and numbers as numbers', () => {
    expect(namesFor({ sort: 'connection' })).toEqual(['open', 'broken', 'resting', 'payments'])
    expect(namesFor({ sort: 'resources', order: 'desc' })).toEqual(['broken', 'payments', 'open', 'resting'])
  })

  it('ignores what it does not know in an address', () => {
    expect(accountsSearch({ phase: 'NONSENSE', sort: 'weight', page: '-3', method: 'magic' })).toEqual({ phase: [] })
    expect(namesFor({ phase: 'NONSENSE', sort: 'weight' })).toHaveLength(4)
  })

  it('groups by environment, those without one last', () => {
    const groups = grouped(accountsShown(accounts, {}), 'environment')
    expect(groups.map(({ title, accounts: members }) => [title, members.length])).toEqual([
      ['production', 1],
      ['staging', 1],
      ['No environment', 2],
    ])
  })

  it('exports one line an account, with a name that cannot act as a formula', () => {
    const [head, line, ...rest] = accountsCsv([account('=HYPERLINK("x")')])
      .trimEnd()
      .split('\r\n')
    expect(head?.split(',').slice(0, 3)).toEqual(['name', 'accountId', 'partition'])
    expect(line).toMatch(/^"'=HYPERLINK\(""x""\)",111111111111,aws,iam_role,active,CONNECTED,false,/)
    expect(rest).toEqual([])
  })
})
