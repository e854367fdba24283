import { describe, expect, it } from 'vitest'
import { changesOf, jobPhase, jobRate, readSince, resultWords } from './job-words.ts'

const now = Date.parse('2026-11-25T12:01:00Z')
const startedAt = '2026-11-25T12:00:00Z'

describe('a run in words', () => {
  it('says how fast it goes, once there is something to judge by', () => {
    expect(jobRate({ startedAt, endedAt: null, done: 120 }, now)).toBe('2 scopes/s')
    expect(jobRate({ startedAt, endedAt: null, done: 15 }, now)).toBe('15 scopes/min')
    expect(jobRate({ startedAt, endedAt: '2026-11-25T12:00:10Z', done: 408 }, now)).toBe('41 scopes/s')
    expect(jobRate({ startedAt, endedAt: null, done: 0 }, now)).toBeNull()
    expect(jobRate({ startedAt: null, endedAt: null, done: 0 }, now)).toBeNull()
  })

  it('says what it is doing', () => {
    expect(jobPhase({ status: 'queued', done: 0, total: 4 })).toBe('Waiting for a worker')
    expect(jobPhase({ status: 'running', done: 1, total: 4 })).toBe('Reading AWS')
    expect(jobPhase({ status: 'running', done: 4, total: 4 })).toBe('Summing up')
  })

  it('ends with what is known, what is not, and where', () => {
    const byStatus = { SUCCEEDED: 406, ACCESS_DENIED: 1, DENIED_BY_SCP: 1 }
    expect(resultWords({ byStatus, done: 408, total: 408 }, [])).toBe(
      '406 of 408 scopes complete, 1 access denied, 1 denied by SCP',
    )
    expect(resultWords({ byStatus: { SUCCEEDED: 3, FAILED: 4 }, done: 7, total: 9 }, ['a', 'b', 'c', 'd'])).toBe(
      '3 of 9 scopes complete, 4 failed, 2 not reached. Still: a, b, c, 1 more',
    )
  })

  it('leads from its figures to the rows behind them', () => {
    const job = { createdAt: startedAt, endedAt: '2026-11-25T12:00:10.000Z', accountIds: ['111111111111'] }
    expect(changesOf(job, 'DELETED')).toEqual({
      account: ['111111111111'],
      region: [],
      changedSince: startedAt,
      changedUntil: '2026-11-25T12:00:10.001Z',
      change: ['DELETED'],
    })
    expect(changesOf({ ...job, endedAt: null }, 'CREATED')).not.toHaveProperty('changedUntil')
  })

  it('knows how much of its ledger is newer than itself', () => {
    const scopes = [{ lastAttempt: '2026-11-25T12:00:05.000Z' }, { lastAttempt: '2026-11-25T13:00:00.000Z' }]
    expect(readSince({ endedAt: '2026-11-25T12:00:10.000Z' }, scopes)).toBe(1)
    expect(readSince({ endedAt: null }, scopes)).toBe(0)
  })
})
