import { describe, expect, it } from 'vitest'
import { suggest, type Facets } from './suggest.ts'

const facets: Facets = {
  service: [{ value: 'ec2', count: 40 }],
  type: [{ value: 'AWS::EC2::Instance', label: 'EC2 instance', count: 12 }],
  region: [
    { value: 'eu-west-1', count: 30 },
    { value: 'eu-central-1', count: 10 },
  ],
  account: [{ value: '111111111111', label: 'payments-prod', count: 5 }],
  state: [],
  tag: [],
}

describe('suggestions in the query line', () => {
  it('offer the keys before anything is typed', () => {
    expect(suggest('', facets).map(({ label }) => label)).toEqual([
      'service:',
      'type:',
      'region:',
      'account:',
      'state:',
      'tag:',
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

  it('find values of every key from a bare word', () => {
    expect(suggest('ec2', facets).map(({ key }) => key)).toEqual(['service', 'type'])
  })
})
