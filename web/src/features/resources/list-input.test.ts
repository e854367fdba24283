import { describe, expect, it } from 'vitest'
import { accountIdsOf, listInput } from './list-input.ts'
import { resourcesSearch } from './resources-search.ts'

const accounts = [{ value: '111111111111', label: 'payments-prod', count: 3 }]

describe('what the resources page asks for', () => {
  it('is the filter, order and page of the address', () => {
    const search = resourcesSearch({
      type: 'AWS::EC2::Instance',
      account: 'payments-prod',
      sort: 'region',
      page: '2',
      after: 'next',
    })
    expect(listInput(search, accounts)).toEqual({
      resourceType: ['AWS::EC2::Instance'],
      accountId: ['111111111111'],
      sort: 'region',
      order: 'asc',
      maxResults: 100,
      nextToken: 'next',
    })
  })

  it('ignores parameters it does not know, and values that make no sense', () => {
    expect(resourcesSearch({ colour: 'red', sort: 'price', tab: 'nowhere' })).toEqual({})
  })

  it('names the accounts that do not exist', () => {
    expect(accountIdsOf(['payments-prod', 'nowhere', '222222222222'], accounts)).toEqual({
      ids: ['111111111111', '222222222222'],
      unknown: ['nowhere'],
    })
  })
})
