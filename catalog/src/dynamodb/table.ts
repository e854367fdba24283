import type * as dynamodb from '@aws-sdk/client-dynamodb'
import { resourceTypeOf } from '../define.ts'

interface Table extends dynamodb.TableDescription {
  Tags?: dynamodb.Tag[] | null
}

/** DynamoDB table. Source: DynamoDB ListTables, DescribeTable. */
export const table = resourceTypeOf<typeof dynamodb, Table>()({
  resourceType: 'AWS::DynamoDB::Table',
  service: 'dynamodb',
  scope: 'regional',
  label: 'DynamoDB table',
  list: {
    operation: 'ListTables',
    items: (answer) => answer.TableNames?.map((TableName) => ({ TableName })),
    page: {
      request: 'ExclusiveStartTableName',
      response: 'LastEvaluatedTableName',
      size: { name: 'Limit', min: 1, max: 100 },
    },
  },
  iamActions: ['dynamodb:ListTables'],
  id: 'TableName',
  arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{TableName}',
  name: 'TableName',
  tags: 'Tags',
  state: 'TableStatus',
  createdAt: 'CreationDateTime',
  details: [
    {
      operation: 'DescribeTable',
      iamAction: 'dynamodb:DescribeTable',
      input: (table) => ({ TableName: table.TableName }),
      pick: 'Table',
    },
    {
      operation: 'ListTagsOfResource',
      iamAction: 'dynamodb:ListTagsOfResource',
      when: (table) => table.TableArn !== undefined,
      input: (table) => ({ ResourceArn: table.TableArn }),
      pick: 'Tags',
      as: 'Tags',
      page: { request: 'NextToken', response: 'NextToken' },
    },
  ],
  relationships: [
    { to: 'AWS::KMS::Key', kind: 'encrypted-by', by: 'arn', at: (table) => table.SSEDescription?.KMSMasterKeyArn },
  ],
  events: {
    CreateTable: 'requestParameters.tableName',
    UpdateTable: 'requestParameters.tableName',
    DeleteTable: 'requestParameters.tableName',
  },
  unordered: ['AttributeDefinitions', 'GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'Replicas'],
  volatile: [
    'ItemCount',
    'TableSizeBytes',
    'ProvisionedThroughput.NumberOfDecreasesToday',
    'GlobalSecondaryIndexes[].ItemCount',
    'GlobalSecondaryIndexes[].IndexSizeBytes',
    'GlobalSecondaryIndexes[].ProvisionedThroughput.NumberOfDecreasesToday',
    'LocalSecondaryIndexes[].ItemCount',
    'LocalSecondaryIndexes[].IndexSizeBytes',
  ],
})
