import { describe, expect, it } from 'vitest'
import { listInput } from './list-input.ts'
import { resourcesSearch } from './resources-search.ts'

describe('what the resources page asks for', () => {
  it('is the filter, order and page of the address', () => {
    const search = resourcesSearch({
      type: 'AWS::EC2::Instance',
      account: 'payments-prod',
      sort: 'region',
      page: '2',
      after: 'next',
    })
    expect(listInput(search, ['111111111111'])).toEqual({
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
})
