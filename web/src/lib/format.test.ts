import { describe, expect, it } from 'vitest'
import { counted, duration, formatNumber, percent, relativeTime, shortType } from './format.ts'

const now = Date.parse('2026-11-25T12:00:00Z')

describe('words and figures on the screen', () => {
  it('say how long ago something was', () => {
    expect(relativeTime('2026-11-25T11:59:58Z', now)).toBe('just now')
    expect(relativeTime('2026-11-25T11:48:00Z', now)).toBe('12 min ago')
    expect(relativeTime('2026-11-22T12:00:00Z', now)).toBe('3 d ago')
    expect(relativeTime('2026-11-25T15:00:00Z', now)).toBe('in 3 h')
  })

  it('never say 100 % before all is done', () => {
    expect(percent(999, 1000)).toBe(99)
    expect(percent(1000, 1000)).toBe(100)
    expect(percent(0, 0)).toBe(0)
  })

  it('count with the right plural', () => {
    expect(counted(1, 'account')).toBe('1 account')
    expect(counted(12431, 'resource')).toBe('12,431 resources')
    expect(counted(2, 'policy', 'policies')).toBe('2 policies')
    expect(formatNumber(1234567)).toBe('1,234,567')
  })

  it('tell a duration', () => {
    expect([4, 60, 95, 3_700].map(duration)).toEqual(['4 s', '1 min', '1 min 35 s', '1 h 1 min'])
  })

  it('shorten a resource type to its service and name', () => {
    expect(shortType('AWS::EC2::SecurityGroup')).toBe('EC2 SecurityGroup')
  })
})
