import type * as apigatewayv2 from '@aws-sdk/client-apigatewayv2'
import { arnsOf, functionArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Api extends apigatewayv2.Api {
  Integrations?: apigatewayv2.Integration[] | null
}

interface Integrated {
  Integrations?: { IntegrationUri?: string | undefined }[] | null
}

/** An HTTP API names the function itself, a WebSocket API the path on which Lambda is called. */
const called = (api: Integrated, service: string) =>
  arnsOf(
    service,
    api.Integrations?.map(
      ({ IntegrationUri = '' }) => /\/functions\/(arn:.+)\/invocations$/.exec(IntegrationUri)?.[1] ?? IntegrationUri,
    ) ?? [],
  )

/** API Gateway HTTP or WebSocket API with its integrations. Source: API Gateway v2 GetApis, GetIntegrations. */
export const api = resourceTypeOf<typeof apigatewayv2, Api>()({
  resourceType: 'AWS::ApiGatewayV2::Api',
  service: 'apigateway',
  client: 'apigatewayv2',
  scope: 'regional',
  label: 'HTTP or WebSocket API',
  list: {
    operation: 'GetApis',
    items: 'Items',
    page: { request: 'NextToken', response: 'NextToken' },
  },
  iamActions: ['apigateway:GET'],
  id: 'ApiId',
  arn: 'arn:{partition}:apigateway:{region}::/apis/{ApiId}',
  name: 'Name',
  tags: 'Tags',
  createdAt: 'CreatedDate',
  details: [
    {
      operation: 'GetIntegrations',
      iamAction: 'apigateway:GET',
      input: (api) => ({ ApiId: api.ApiId }),
      pick: 'Items',
      as: 'Integrations',
      page: { request: 'NextToken', response: 'NextToken' },
    },
  ],
  relationships: [
    {
      to: 'AWS::Lambda::Function',
      kind: 'invokes',
      by: 'arn',
      at: (api) => called(api, 'lambda').map(functionArnOf),
    },
    {
      to: 'AWS::ElasticLoadBalancingV2::Listener',
      kind: 'routes-to',
      by: 'arn',
      at: (api) => called(api, 'elasticloadbalancing'),
    },
    {
      to: 'AWS::ApiGatewayV2::VpcLink',
      kind: 'uses',
      at: (api) => api.Integrations?.filter((one) => one.ConnectionType === 'VPC_LINK').map((one) => one.ConnectionId),
    },
    {
      to: 'AWS::IAM::Role',
      kind: 'assumes',
      by: 'arn',
      at: (api) => arnsOf('iam', api.Integrations?.map((one) => one.CredentialsArn) ?? []),
    },
  ],
  events: {
    CreateApi: 'responseElements.apiId',
    ImportApi: 'responseElements.apiId',
    UpdateApi: 'requestParameters.apiId',
    CreateIntegration: 'requestParameters.apiId',
    UpdateIntegration: 'requestParameters.apiId',
    DeleteIntegration: 'requestParameters.apiId',
    DeleteApi: 'requestParameters.apiId',
  },
  unordered: ['Integrations'],
  // An integration may hold the key of what it calls, as the fixed value of a header.
  redact: ['Integrations[].RequestParameters', 'Integrations[].RequestTemplates'],
})
