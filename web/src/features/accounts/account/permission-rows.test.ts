import { expect, it } from 'vitest'
import { permissionRows, probedRegions } from './permission-rows.ts'

const probe = (action: string, region: string, allowed: boolean) => ({
  action,
  region,
  allowed,
  probedAt: `2026-11-25T12:0${allowed ? 1 : 0}:00Z`,
})

it('shows an action once, with every region it was tried in, and denials first', () => {
  const rows = permissionRows([
    probe('ec2:DescribeVolumes', 'eu-west-1', true),
    probe('kms:ListKeys', 'eu-west-1', true),
    probe('kms:ListKeys', 'eu-central-1', false),
  ])
  expect(rows).toEqual([
    { action: 'kms:ListKeys', allowed: ['eu-west-1'], denied: ['eu-central-1'], probedAt: '2026-11-25T12:00:00Z' },
    { action: 'ec2:DescribeVolumes', allowed: ['eu-west-1'], denied: [], probedAt: '2026-11-25T12:01:00Z' },
  ])
})

it('names the regions that were tried, what has none first', () => {
  expect(
    probedRegions([probe('a:B', 'us-east-1', true), probe('a:B', 'eu-west-1', true), probe('iam:L', 'global', true)]),
  ).toEqual(['global', 'eu-west-1', 'us-east-1'])
})
