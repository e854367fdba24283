import { expect, test } from 'vitest'
import { awsFailure } from '../../aws/failure.ts'
import { mendOf } from './mend.ts'

const mend = (name: string, extra: object = {}) =>
  mendOf(awsFailure(Object.assign(new Error('no'), { name }, extra), 'ec2:DescribeVolumes'))

test.each([
  ['AccessDenied', /^Allow ec2:DescribeVolumes/],
  ['Throttling', /lower AWS_QUOTA_SHARE/],
  ['OptInRequired', /Enable the region/],
  ['InvalidAction', /does not offer this here/],
  ['ECONNREFUSED', /Check that this installation reaches AWS/],
  ['ENOTFOUND', /Check that this installation reaches AWS/],
  ['ERR_PROXY_TUNNEL', /HTTPS_PROXY/],
  ['SELF_SIGNED_CERT_IN_CHAIN', /AWS_CA_BUNDLE/],
  ['ExpiredToken', /begins a new session/],
  ['SomethingNew', /look up SomethingNew/],
])('whoever sees %s is told what to do', (code, words) => {
  expect(mend(code).summary).toMatch(words)
})

test('a denial comes with the statement that adds the permission', () => {
  expect(mend('AccessDenied')).toMatchObject({ statement: { Effect: 'Allow', Action: ['ec2:DescribeVolumes'] } })
})
