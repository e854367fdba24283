import { describe, expect, it } from 'vitest'
import { filterInput, listInput } from './list-input.ts'
import { filterOf, resourcesSearch, withoutFilter } from './resources-search.ts'
import { pagingOf } from './token-stack.ts'

describe('what the resources page asks for', () => {
  it('is the filter, order and page of the address', () => {
    const search = resourcesSearch({
      type: 'AWS::EC2::Instance',
      account: 'payments-prod',
      environment: 'production',
      changedSince: '24h',
      change: ['deleted', 'eaten'],
      sort: 'region',
      page: '2',
      after: 'next',
    })
    const filter = filterInput(filterOf(search), ['111111111111'])
    expect(listInput(filter, search, pagingOf(search.page, search.after))).toEqual({
      resourceType: ['AWS::EC2::Instance'],
      accountId: ['111111111111'],
      environment: ['production'],
      changedSince: '24h',
      change: ['DELETED'],
      sort: 'region',
      order: 'asc',
      maxResults: 100,
      nextToken: 'next',
    })
  })

  it('ignores parameters it does not know, and values that make no sense', () => {
    expect(
      resourcesSearch({ colour: 'red', sort: 'price', tab: 'nowhere', changedSince: 'soon', group: 'colour' }),
    ).toEqual({})
  })

  it('groups by a field or by a tag', () => {
    expect(resourcesSearch({ group: 'tag:team', columns: ['name', 'tag:env'] })).toEqual({
      group: 'tag:team',
      columns: ['name', 'tag:env'],
    })
  })

  it('keeps the view when the filter goes, and starts again at its first page', () => {
    const search = resourcesSearch({ state: 'running', text: 'web', sort: 'region', page: '2', after: 'next' })
    expect(filterOf(search)).toEqual({ state: ['running'], text: 'web' })
    expect(withoutFilter(search)).toEqual({ sort: 'region' })
  })
})
