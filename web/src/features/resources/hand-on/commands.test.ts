import { describe, expect, it } from 'vitest'
import { awsCliOfFilter, awsCliOfResource, curlOf } from './commands.ts'

describe('a view to hand on', () => {
  it('is a call of our API without the token of whoever copied it', () => {
    expect(curlOf('https://d.example', '/resources', { region: ['eu-west-1', 'global'], text: "a'b" })).toBe(
      `curl -H "Authorization: Bearer $DASHBOARD_TOKEN" 'https://d.example/api/resources?region=eu-west-1&region=global&text=a%27b'`,
    )
  })

  it('asks AWS by type where types are chosen, once a region', () => {
    expect(
      awsCliOfFilter({ resourceType: ['AWS::SQS::Queue'], region: ['eu-west-1', 'us-east-1', 'global'] }, []),
    ).toBe(
      [
        'aws cloudcontrol list-resources --type-name AWS::SQS::Queue --region eu-west-1',
        'aws cloudcontrol list-resources --type-name AWS::SQS::Queue --region us-east-1',
      ].join('\n'),
    )
  })

  it('asks AWS by tag otherwise, and says what AWS cannot be asked for', () => {
    expect(awsCliOfFilter({ service: ['ec2'], tag: ['cost centre=a b'], state: ['running'] }, ['eu-west-1'])).toBe(
      [
        '# Not in these commands: state running',
        "aws resourcegroupstaggingapi get-resources --resource-type-filters ec2 --tag-filters 'Key=cost centre,Values=a b' --region eu-west-1",
      ].join('\n'),
    )
  })

  it('names one resource, and a shell cannot be made to do more', () => {
    expect(awsCliOfResource({ resourceType: 'AWS::S3::Bucket', resourceId: "x'; rm -rf ~", region: 'eu-west-1' })).toBe(
      `aws cloudcontrol get-resource --type-name AWS::S3::Bucket --identifier 'x'\\''; rm -rf ~' --region eu-west-1`,
    )
  })
})
