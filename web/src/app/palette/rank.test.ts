import { describe, expect, it } from 'vitest'
import { ranked } from './rank.ts'

const titles = ['Discover everything', 'Discovery', 'Toggle theme', 'orders-incoming', 'Export as CSV']
const find = (typed: string) => ranked(titles, typed, (title) => [title])

describe('the command palette', () => {
  it('offers everything before anything is typed', () => {
    expect(find('')).toEqual(titles)
  })

  it('puts what is called so before what begins so', () => {
    expect(find('discovery')).toEqual(['Discovery'])
    expect(find('disc')).toEqual(['Discover everything', 'Discovery'])
  })

  it('finds words in the middle, all of them, in any order', () => {
    expect(find('csv export')).toEqual(['Export as CSV'])
    expect(find('incoming')).toEqual(['orders-incoming'])
    expect(find('csv import')).toEqual([])
  })

  it('takes punctuation as it is typed', () => {
    expect(find('(.*')).toEqual([])
  })
})
