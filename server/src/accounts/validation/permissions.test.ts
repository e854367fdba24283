import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { awsFailure } from '../../aws/failure.ts'
import type { Probe } from '../probe-type.ts'
import { addProbes, mergePermissions, noFindings, permissionDrift } from './permissions.ts'

const failure = (name: string) => awsFailure(Object.assign(new Error(name), { name }), 'ec2:DescribeVolumes')
const allowed = null
const denied = failure('UnauthorizedOperation')
const deniedByScp = awsFailure(
  Object.assign(new Error('with an explicit deny in a service control policy'), { name: 'AccessDenied' }),
  'ec2:DescribeVolumes',
)
const throttled = failure('RequestLimitExceeded')
const unreached = failure('ECONNRESET')
const notThere = failure('InvalidAction')
const regionOff = failure('OptInRequired')

const findingsOf = (...failures: Probe['failure'][]) => {
  const findings = noFindings()
  addProbes(
    findings,
    failures.map((of) => ({ action: 'ec2:DescribeVolumes', failure: of })),
    'eu-west-1',
  )
  return findings
}
const verdictOf = (...failures: Probe['failure'][]): boolean | 'unanswered' | 'nothing' => {
  const { permissions, unanswered } = findingsOf(...failures)
  return permissions[0]?.allowed ?? (unanswered.length > 0 ? 'unanswered' : 'nothing')
}

describe('An action that was tried', () => {
  test.each([
    ['answered', [allowed], true],
    ['denied', [denied], false],
    ['denied by a service control policy', [deniedByScp], false],
    ['denied for one type and answered for another', [allowed, denied], false],
    ['throttled', [throttled], 'unanswered'],
    ['not reached', [unreached], 'unanswered'],
    ['throttled once and answered once', [throttled, allowed], true],
    ['of a service that is not there', [notThere], 'nothing'],
    ['in a region that is off', [regionOff], 'nothing'],
  ] as const)('and %s', (_title, failures, verdict) => {
    expect(verdictOf(...failures)).toBe(verdict)
  })
})

const known = (action: string, isAllowed: boolean) => ({
  action,
  region: 'eu-west-1',
  allowed: isAllowed,
  probedAt: '2026-11-25T00:00:00.000Z',
})

test('what was not answered keeps its last answer with its time; what was not asked is forgotten', () => {
  const before = [known('ec2:DescribeVolumes', false), known('rds:DescribeDBInstances', true)]
  expect(mergePermissions(before, findingsOf(throttled))).toEqual([before[0]])
  expect(mergePermissions([], findingsOf(throttled))).toEqual([])
  expect(mergePermissions(before, findingsOf(allowed))).toMatchObject([
    { action: 'ec2:DescribeVolumes', allowed: true },
  ])
})

const permissions = fc
  .uniqueArray(fc.constantFrom('a:A', 'b:B', 'c:C', 'd:D', 'e:E'))
  .chain((actions) => fc.tuple(...actions.map((action) => fc.boolean().map((is) => known(action, is)))))

test('drift is exactly what both times knew and answered differently, and turns around when time does', () => {
  fc.assert(
    fc.property(permissions, permissions, (before, after) => {
      const { lost, gained } = permissionDrift(before, after)
      const is = (list: typeof before, action: string) => list.find((one) => one.action === action)?.allowed
      for (const { action } of [...before, ...after]) {
        const text = `${action} in eu-west-1`
        expect(lost.includes(text)).toBe(is(before, action) === true && is(after, action) === false)
        expect(gained.includes(text)).toBe(is(before, action) === false && is(after, action) === true)
      }
      expect(permissionDrift(after, before)).toEqual({ lost: gained, gained: lost })
      expect(permissionDrift(before, before)).toEqual({ lost: [], gained: [] })
    }),
  )
})
