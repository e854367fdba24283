import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import { describe, expect, it } from 'vitest'
import { coveragePercent, coverageSentence, isComplete } from './coverage.ts'

const now = Date.parse('2026-11-25T12:00:00Z')
const coverage = (part: Partial<Coverage>): Coverage => ({
  scopes: { total: 100, byStatus: { SUCCEEDED: 100 } },
  accounts: { total: 6, complete: 6 },
  completeAsOf: '2026-11-25T11:50:00Z',
  gaps: [],
  ...part,
})

describe('the coverage line', () => {
  it('says as of when the answer is complete', () => {
    expect(coverageSentence(coverage({}), now)).toBe('Complete as of 10 min ago: 6 accounts')
    expect(isComplete(coverage({}))).toBe(true)
  })

  it('names the account that hides something, and why', () => {
    const gaps: Coverage['gaps'] = [
      { accountId: '666666666666', accountName: 'harbor-legacy', status: 'ACCESS_DENIED', scopes: 1, reason: null },
    ]
    expect(
      coverageSentence(
        coverage({
          scopes: { total: 100, byStatus: { SUCCEEDED: 99, ACCESS_DENIED: 1 } },
          accounts: { total: 6, complete: 5 },
          gaps,
        }),
        now,
      ),
    ).toBe('5 of 6 accounts complete as of 10 min ago; 1 has gaps: harbor-legacy: 1 scope denied')
  })

  it('counts a region that is switched off as known', () => {
    const off = coverage({ scopes: { total: 100, byStatus: { SUCCEEDED: 90, REGION_DISABLED: 8, NOT_SUPPORTED: 2 } } })
    expect(isComplete(off)).toBe(true)
    expect(coveragePercent(off)).toBe(100)
  })

  it('never says complete while any account has a gap', () => {
    const gap = (accountName: string) =>
      ({ accountId: '666666666666', accountName, status: 'ACCESS_DENIED', scopes: 2, reason: null }) as const
    const sentence = coverageSentence(
      coverage({
        scopes: { total: 100, byStatus: { SUCCEEDED: 94, ACCESS_DENIED: 6 } },
        accounts: { total: 6, complete: 3 },
        gaps: [gap('a'), gap('b'), gap('c')],
      }),
      now,
    )
    expect(sentence).toBe(
      '3 of 6 accounts complete as of 10 min ago; 3 have gaps: a: 2 scopes denied, b: 2 scopes denied, 1 more',
    )
  })

  it('never says that there is nothing before anything was asked', () => {
    expect(coverageSentence(coverage({ scopes: { total: 0, byStatus: {} } }), now)).toBe(
      'Nothing has been discovered yet',
    )
    expect(coverageSentence(coverage({ accounts: { total: 0, complete: 0 } }), now)).toBe(
      'Nothing has been discovered yet',
    )
  })

  it('says how far it is while a first discovery runs', () => {
    const half = coverage({
      scopes: { total: 200, byStatus: { SUCCEEDED: 68, NEW: 132 } },
      completeAsOf: null,
      accounts: { total: 1, complete: 0 },
    })
    expect(coveragePercent(half)).toBe(34)
    expect(coverageSentence(half, now)).toBe('34 % of scopes complete; 1 account has gaps')
  })
})
