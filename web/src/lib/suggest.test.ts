import { describe, expect, it } from 'vitest'
import { suggest, tagKeyOf, type Facets } from './suggest.ts'

const facets: Facets = {
  service: [{ value: 'ec2', count: 40 }],
  type: [{ value: 'AWS::EC2::Instance', label: 'EC2 instance', count: 12 }],
  region: [
    { value: 'eu-west-1', count: 30 },
    { value: 'eu-central-1', count: 10 },
  ],
  account: [{ value: '111111111111', label: 'payments-prod', count: 5 }],
  environment: [{ value: 'production', count: 9 }],
  state: [],
  tag: [
    { value: 'env', count: 20 },
    { value: 'owner', count: 4 },
  ],
  tagValue: [{ value: 'prod', count: 8 }],
}

describe('suggestions in the query line', () => {
  it('offer the keys before anything is typed', () => {
    expect(suggest('', facets).map(({ label }) => label)).toEqual([
      'service:',
      'type:',
      'region:',
      'account:',
      'environment:',
      'state:',
      'tag.',
      'change:',
      'changed<',
    ])
  })

  it('offer the values of a key with their counts', () => {
    expect(suggest('region:cent', facets)).toEqual([
      { key: 'region', value: 'eu-central-1', label: 'eu-central-1', count: 10 },
    ])
  })

  it('find an account by its name and give its id', () => {
    expect(suggest('account:PAY', facets)[0]).toMatchObject({ value: '111111111111', label: 'payments-prod' })
  })

  it('lead from a tag to its values, each with its count', () => {
    expect(suggest('tag.', facets)[0]).toEqual({ key: 'tag', insert: 'tag.env=', label: 'tag.env=', count: 20 })
    expect(suggest('tag.ow', facets).map(({ insert }) => insert)).toEqual(['tag.owner='])
    expect(tagKeyOf('tag.env=pr')).toBe('env')
    expect(suggest('tag.env=pr', facets)).toEqual([{ key: 'tag', value: 'env=prod', label: 'prod', count: 8 }])
  })

  it('offer ages and kinds of change', () => {
    expect(suggest('changed<', facets).map(({ value }) => value)).toEqual(['1h', '24h', '7d', '30d'])
    expect(suggest('change:d', facets)).toEqual([{ key: 'change', value: 'DELETED', label: 'deleted' }])
  })

  it('find values of every key from a bare word', () => {
    expect(suggest('ec2', facets).map(({ key }) => key)).toEqual(['service', 'type'])
  })
})
