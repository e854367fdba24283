import { describe, expect, it } from 'vitest'
import { accountIdsOf, isWholeEstate, ledgerRegions, scopeSearch, scopeWords, toggled, withScope } from './scope.ts'

const accounts = [{ value: '111111111111', label: 'payments-prod' }]
const nameOf = (id: string) => accounts.find(({ value }) => value === id)?.label ?? id

describe('the scope in the address', () => {
  it('is one value, many values, or the whole estate', () => {
    expect(scopeSearch({ account: '111111111111', region: ['eu-west-1', 'global'], other: 'x' })).toEqual({
      account: ['111111111111'],
      region: ['eu-west-1', 'global'],
    })
    expect(isWholeEstate(scopeSearch({ region: [] }))).toBe(true)
    expect(isWholeEstate(scopeSearch({ region: 'eu-west-1' }))).toBe(false)
  })

  it('keeps the rest of the page and starts its lists again when it changes', () => {
    expect(withScope({ text: 'web', page: '3', after: ['a', 'b'], region: ['eu-west-1'] }, { account: ['1'] })).toEqual(
      { text: 'web', account: ['1'], region: [] },
    )
  })

  it('takes a value once', () => {
    expect(toggled(['a', 'b'], 'b', true)).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a', false)).toEqual(['b'])
  })

  it('takes accounts by id or by name, and says which names nobody has', () => {
    expect(accountIdsOf(['payments-prod', '222222222222', 'nobody'], accounts)).toEqual({
      ids: ['111111111111', '222222222222'],
      unknown: ['nobody'],
    })
  })

  it('reads as a person would say it', () => {
    expect(scopeWords({}, nameOf)).toBe('All accounts · All regions')
    expect(scopeWords({ account: ['111111111111'], region: ['eu-west-1', 'eu-central-1'] }, nameOf)).toBe(
      'payments-prod · 2 regions',
    )
  })

  it('asks the ledger for the global lists with every region, once', () => {
    expect(ledgerRegions(['eu-west-1'])).toEqual(['eu-west-1', 'global'])
    expect(ledgerRegions(['global'])).toEqual(['global'])
  })
})
