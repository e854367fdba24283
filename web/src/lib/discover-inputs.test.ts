import { describe, expect, it } from 'vitest'
import { discoverInputs, scopeDiscoveries } from './discover-inputs.ts'

const scope = (accountId: string, region: string, resourceType: string) => ({ accountId, region, resourceType })

describe('asking AWS again', () => {
  it('asks one scope for exactly itself', () => {
    expect(discoverInputs([scope('1', 'eu-west-1', 'AWS::EC2::Volume')])).toEqual([
      { accountIds: ['1'], regions: ['eu-west-1'], resourceTypes: ['AWS::EC2::Volume'] },
    ])
  })

  it('asks a global scope without a region, which would leave it out', () => {
    expect(discoverInputs([scope('1', 'global', 'AWS::IAM::Role')])).toEqual([
      { accountIds: ['1'], resourceTypes: ['AWS::IAM::Role'] },
    ])
  })

  it('asks many scopes with one discovery for the regions and one for what is global', () => {
    const many = [
      scope('2', 'eu-west-1', 'AWS::SQS::Queue'),
      scope('1', 'eu-west-1', 'AWS::RDS::DBInstance'),
      scope('1', 'global', 'AWS::S3::Bucket'),
    ]
    expect(discoverInputs(many)).toEqual([
      { accountIds: ['1', '2'], regions: ['eu-west-1'], resourceTypes: ['AWS::RDS::DBInstance', 'AWS::SQS::Queue'] },
      { accountIds: ['1'], resourceTypes: ['AWS::S3::Bucket'] },
    ])
    expect(discoverInputs([])).toEqual([])
  })

  it('follows the scope of the page', () => {
    expect(scopeDiscoveries(undefined, undefined, ['AWS::S3::Bucket'])).toEqual([{}])
    expect(scopeDiscoveries(['1'], ['global', 'eu-west-1'], ['AWS::S3::Bucket'])).toEqual([
      { accountIds: ['1'], regions: ['eu-west-1'] },
      { accountIds: ['1'], resourceTypes: ['AWS::S3::Bucket'] },
    ])
  })
})
