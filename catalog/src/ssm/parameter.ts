import type * as ssm from '@aws-sdk/client-ssm'
import { resourceTypeOf } from '../define.ts'

interface Parameter extends ssm.ParameterMetadata {
  /** The name as the ARN has it: without the leading slash. */
  ResourceName?: string
  Tags?: ssm.Tag[] | null
}

/** Parameter without its value, which is never asked for. Source: Systems Manager DescribeParameters. */
export const parameter = resourceTypeOf<typeof ssm, Parameter>()({
  resourceType: 'AWS::SSM::Parameter',
  service: 'ssm',
  scope: 'regional',
  label: 'SSM parameter',
  list: {
    operation: 'DescribeParameters',
    items: (answer) =>
      answer.Parameters?.map((parameter) => ({ ...parameter, ResourceName: parameter.Name?.replace(/^\//, '') ?? '' })),
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 1, max: 50 } },
  },
  iamActions: ['ssm:DescribeParameters'],
  id: 'Name',
  arn: 'arn:{partition}:ssm:{region}:{account}:parameter/{ResourceName}',
  name: 'Name',
  tags: 'Tags',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'ssm:ListTagsForResource',
      input: (parameter) => ({ ResourceType: 'Parameter', ResourceId: parameter.Name }),
      pick: 'TagList',
      as: 'Tags',
    },
  ],
  relationships: [{ to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (parameter) => parameter.KeyId }],
  events: {
    PutParameter: 'requestParameters.name',
    DeleteParameter: 'requestParameters.name',
    DeleteParameters: 'requestParameters.names',
  },
})
