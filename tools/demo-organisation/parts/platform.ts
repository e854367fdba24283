import { createBucket } from '../aws/data-stores.ts'
import { createKey, putParameter } from '../aws/keys.ts'
import { createEventRule, createTopic } from '../aws/messaging.ts'
import type { Site } from '../aws/site.ts'
import { createStack } from '../aws/stack.ts'
import { createTrail, putAlarm } from '../aws/watching.ts'

const platform = { env: 'shared', team: 'platform', costCenter: 'cc-1000' }
const security = { env: 'shared', team: 'security', costCenter: 'cc-1100' }

/** What the platform team gives every account. */
export async function buildGuardrails(management: Site): Promise<void> {
  const bucket = 'northgate-organization-trail'
  await createBucket(management, { name: bucket, versioned: true, access: 'blocked' }, platform)
  await createTrail(management, { name: 'organization-trail', bucket }, platform)
  await createStack(management, 'account-baseline', baseline, platform)
  await putParameter(management, { name: '/platform/baseline/version', value: '7' }, platform)
}

const baseline = {
  Alerts: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'baseline-alerts' } },
  Findings: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'baseline-findings' } },
}

/** The security team's own: a key, a topic that pages them, and the rule that feeds their router. */
export async function buildWatch(site: Site): Promise<void> {
  const { accountId, region } = site
  await createKey(site, { alias: 'log-archive', description: 'Logs of all accounts', rotated: true }, security)
  const queueArn = `arn:aws:sqs:${region}:${accountId}:finding-intake`
  const topicArn = await createTopic(
    site,
    { name: 'security-alerts', queueArns: [queueArn], emails: ['soc@northgate.example'] },
    security,
  )
  await createEventRule(
    site,
    {
      name: 'findings-to-router',
      when: { pattern: { source: ['aws.guardduty', 'aws.securityhub'] } },
      targetArns: [`arn:aws:lambda:${region}:${accountId}:function:finding-router`, topicArn],
    },
    security,
  )
  await putAlarm(
    site,
    {
      name: 'finding-intake-backlog',
      namespace: 'AWS/SQS',
      metric: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: 'finding-intake' },
      threshold: 1000,
      actions: [topicArn],
    },
    security,
  )
}
