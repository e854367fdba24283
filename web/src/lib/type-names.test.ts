import { describe, expect, it } from 'vitest'
import { resolveTypes } from './type-names.ts'

const catalog = [
  { resourceType: 'AWS::EC2::SecurityGroup', label: 'Security group' },
  { resourceType: 'AWS::EC2::Subnet', label: 'Subnet' },
  { resourceType: 'AWS::ECS::Cluster', label: 'ECS cluster' },
  { resourceType: 'AWS::EKS::Cluster', label: 'EKS cluster' },
]

describe('the types of a filter', () => {
  it.each(['Security group', 'security-group', 'ec2/security-group', 'aws::ec2::securitygroup', 'SecurityGroup'])(
    'are found by %s',
    (word) => expect(resolveTypes([word], catalog)).toEqual({ types: ['AWS::EC2::SecurityGroup'], unknown: [] }),
  )

  it('are all those that share a name', () =>
    expect(resolveTypes(['cluster'], catalog).types).toEqual(['AWS::ECS::Cluster', 'AWS::EKS::Cluster']))

  it('leave out a word that names none, with the nearest one to it', () =>
    expect(resolveTypes(['subnet', 'securty-grup', 'zzz'], catalog)).toEqual({
      types: ['AWS::EC2::Subnet'],
      unknown: [
        { word: 'securty-grup', nearest: 'Security group' },
        { word: 'zzz', nearest: undefined },
      ],
    }))
})
