import type { ScopeRow } from '@dashboard/contract/scopes.ts'
import { describe, expect, it } from 'vitest'
import type { CatalogType } from '../../lib/use-catalog.ts'
import { firstCell, matrixOf, moved, shortLabel } from './matrix-model.ts'
import { placeKey, placeOf, resourcesOf } from '../../lib/scope-place.ts'

let lastId = 0
const cell = (resourceType: string, status: ScopeRow['cells'][number]['status'] = 'SUCCEEDED', held = false) => ({
  id: ++lastId,
  resourceType,
  status,
  running: false,
  held,
})
const row = (accountName: string, region: string, cells: ScopeRow['cells']): ScopeRow => ({
  accountId: accountName === 'prod' ? '111111111111' : '222222222222',
  accountName,
  region,
  cells,
})
const entry = (resourceType: string, service: string, label: string): CatalogType => ({
  resourceType,
  service,
  label,
  scope: 'regional',
  iamActions: [],
  maxStalenessMinutes: 60,
})

const catalog = [
  entry('AWS::EC2::Volume', 'ec2', 'EBS volume'),
  entry('AWS::EC2::Instance', 'ec2', 'EC2 instance'),
  entry('AWS::IAM::Role', 'iam', 'IAM role'),
]
const rows = [
  row('prod', 'global', [cell('AWS::IAM::Role')]),
  row('prod', 'eu-west-1', [cell('AWS::EC2::Instance'), cell('AWS::EC2::Volume', 'ACCESS_DENIED')]),
  row('test', 'eu-west-1', [cell('AWS::EC2::Instance', 'SUCCEEDED', true), cell('AWS::EC2::Volume')]),
]

describe('the matrix of account, region and type', () => {
  it('groups types by service and rows by account, with gaps where a type is not asked for', () => {
    const matrix = matrixOf(rows, catalog, {})
    expect(matrix.services).toEqual([
      { service: 'ec2', columns: 2 },
      { service: 'iam', columns: 1 },
    ])
    expect(matrix.columns.map(({ label }) => label)).toEqual(['EBS volume', 'EC2 instance', 'IAM role'])
    expect(matrix.rows.map(({ span }) => span)).toEqual([2, 0, 1])
    expect(matrix.rows[0]?.cells.map((found) => found?.resourceType ?? null)).toEqual([null, null, 'AWS::IAM::Role'])
  })

  it('leaves out rows and columns in which nothing is wanted', () => {
    const denied = matrixOf(rows, catalog, { status: ['ACCESS_DENIED'] })
    expect(denied.rows.map(({ accountName, region }) => `${accountName} ${region}`)).toEqual(['prod eu-west-1'])
    expect(denied.columns.map(({ label }) => label)).toEqual(['EBS volume'])
    expect(matrixOf(rows, catalog, { held: true }).rows.map(({ accountName }) => accountName)).toEqual(['test'])
    expect(matrixOf(rows, catalog, { region: ['global'] }).rows).toHaveLength(1)
    expect(matrixOf(rows, catalog, { status: ['FAILED'] }).rows).toEqual([])
  })

  it('shows a type that the catalog no longer has', () => {
    const matrix = matrixOf([row('prod', 'eu-west-1', [cell('AWS::Old::Thing')])], catalog, {})
    expect(matrix.columns).toEqual([{ resourceType: 'AWS::Old::Thing', service: 'old', label: 'Old Thing' }])
  })

  it('is walked by keyboard, over the gaps and not beyond the edge', () => {
    const matrix = matrixOf(rows, catalog, {})
    expect(firstCell(matrix.rows)).toEqual({ row: 0, column: 2 })
    expect(moved(matrix.rows, { row: 0, column: 2 }, 'ArrowLeft')).toBeNull()
    expect(moved(matrix.rows, { row: 0, column: 2 }, 'ArrowDown')).toBeNull()
    expect(moved(matrix.rows, { row: 1, column: 0 }, 'ArrowRight')).toEqual({ row: 1, column: 1 })
    expect(moved(matrix.rows, { row: 1, column: 0 }, 'ArrowDown')).toEqual({ row: 2, column: 0 })
    expect(moved(matrix.rows, { row: 2, column: 0 }, 'End')).toEqual({ row: 2, column: 1 })
    expect(moved(matrix.rows, { row: 2, column: 1 }, 'Home')).toEqual({ row: 2, column: 0 })
    expect(moved(matrix.rows, { row: 1, column: 0 }, 'x')).toBeNull()
    expect(firstCell([])).toBeNull()
  })

  it('does not repeat the service in the label under it', () => {
    expect(shortLabel('EC2 instance', 'ec2')).toBe('Instance')
    expect(shortLabel('EBS volume', 'ec2')).toBe('EBS volume')
    expect(shortLabel('VPC', 'vpc')).toBe('VPC')
  })
})

describe('a line of the ledger in the address', () => {
  it('reads back as it was written, and nothing else does', () => {
    const place = { accountId: '111111111111', region: 'eu-west-1', resourceType: 'AWS::EC2::Volume' }
    expect(placeOf(placeKey(place))).toEqual(place)
    expect(placeOf('111111111111/eu-west-1')).toBeNull()
  })

  it('leads to its resources; a global list to those of every region', () => {
    expect(resourcesOf({ accountId: '1', region: 'eu-west-1', resourceType: 'AWS::EC2::Volume' })).toEqual({
      account: ['1'],
      region: ['eu-west-1'],
      type: ['AWS::EC2::Volume'],
    })
    expect(resourcesOf({ accountId: '1', region: 'global', resourceType: 'AWS::S3::Bucket' }).region).toEqual([])
  })
})
