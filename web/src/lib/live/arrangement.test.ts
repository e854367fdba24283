import { describe, expect, it } from 'vitest'
import { changesBetween, renewed } from './arrangement.ts'

interface Row {
  id: string
  state?: string
}

const keyOf = ({ id }: Row) => id
const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }))

describe('a list that is looked at', () => {
  it('keeps its rows where they are while they are renewed, and lets new ones wait', () => {
    const newest: Row[] = [{ id: 'n' }, { id: 'c', state: 'stopped' }, { id: 'a' }]
    expect(renewed(rows('a', 'b', 'c'), newest, keyOf)).toEqual([
      { id: 'a' },
      { id: 'b' },
      { id: 'c', state: 'stopped' },
    ])
  })

  it('counts what came, what went and what moved', () => {
    const count = (before: string[], after: string[]) => changesBetween(rows(...before), rows(...after), keyOf)
    expect(count(['a', 'b'], ['a', 'b'])).toBe(0)
    expect(count(['a', 'b'], ['n', 'a', 'b'])).toBe(1)
    expect(count(['a', 'b', 'c'], ['a', 'c'])).toBe(1)
    expect(count(['a', 'b'], ['b', 'a'])).toBe(2)
  })
})
