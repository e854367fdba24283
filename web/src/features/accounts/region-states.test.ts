import { describe, expect, it } from 'vitest'
import { regionStates } from './region-states.ts'

const probe = (region: string, action: string, allowed: boolean) => ({
  region,
  action,
  allowed,
  probedAt: '2026-11-25T12:00:00Z',
})

describe('the regions of an account', () => {
  it('say which were probed, and which denied something', () => {
    const states = regionStates({
      regions: ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-southeast-1'],
      permissions: [
        probe('eu-west-1', 'ec2:DescribeInstances', true),
        probe('eu-central-1', 'ec2:DescribeInstances', true),
        probe('eu-central-1', 'rds:DescribeDBInstances', false),
        probe('us-east-1', 'ec2:DescribeInstances', false),
      ],
    })
    expect(states.map(({ tone }) => tone)).toEqual(['ok', 'warn', 'bad', 'idle'])
    expect(states[1]?.words).toBe('eu-central-1: 1 of 2 probed actions denied')
  })
})
