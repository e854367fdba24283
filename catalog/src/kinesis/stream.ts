import type * as kinesis from '@aws-sdk/client-kinesis'
import { resourceTypeOf } from '../define.ts'

interface Stream extends kinesis.StreamSummary, Omit<kinesis.StreamDescriptionSummary, keyof kinesis.StreamSummary> {
  Tags?: kinesis.Tag[] | null
}

/** Kinesis data stream. Source: Kinesis ListStreams, DescribeStreamSummary. */
export const stream = resourceTypeOf<typeof kinesis, Stream>()({
  resourceType: 'AWS::Kinesis::Stream',
  service: 'kinesis',
  scope: 'regional',
  label: 'Kinesis stream',
  list: {
    operation: 'ListStreams',
    items: 'StreamSummaries',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'Limit', min: 1, max: 1000 } },
  },
  iamActions: ['kinesis:ListStreams'],
  id: 'StreamName',
  arn: 'StreamARN',
  name: 'StreamName',
  tags: 'Tags',
  state: 'StreamStatus',
  createdAt: 'StreamCreationTimestamp',
  details: [
    {
      operation: 'DescribeStreamSummary',
      iamAction: 'kinesis:DescribeStreamSummary',
      input: (stream) => ({ StreamARN: stream.StreamARN }),
      pick: 'StreamDescriptionSummary',
    },
    {
      operation: 'ListTagsForStream',
      iamAction: 'kinesis:ListTagsForStream',
      // A stream has 50 tags at most.
      input: (stream) => ({ StreamARN: stream.StreamARN, Limit: 50 }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [{ to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (stream) => stream.KeyId }],
  events: {
    CreateStream: 'requestParameters.streamName',
    UpdateShardCount: 'requestParameters.streamName',
    UpdateStreamMode: 'requestParameters.streamARN',
    StartStreamEncryption: 'requestParameters.streamName',
    StopStreamEncryption: 'requestParameters.streamName',
    DeleteStream: 'requestParameters.streamName',
  },
  unordered: ['EnhancedMonitoring[].ShardLevelMetrics'],
})
