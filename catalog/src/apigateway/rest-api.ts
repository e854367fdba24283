import type * as apigateway from '@aws-sdk/client-api-gateway'
import { arnsOf, functionArnOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'
import { stringsIn } from '../strings-in.ts'

interface RestApi extends apigateway.RestApi {
  resources?: apigateway.Resource[] | null
}

const httpMethods = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const

/** `arn:…:lambda:path/2015-03-31/functions/<ARN of the function>/invocations` holds the function's ARN. */
const functionsCalled = (resources: unknown) =>
  stringsIn(resources)
    .map((text) => /\/functions\/(arn:.+)\/invocations$/.exec(text)?.[1])
    .flatMap((arn) => arnsOf('lambda', [arn]))
    .map(functionArnOf)

/** API Gateway REST API with its resources and their methods. Source: API Gateway GetRestApis, GetResources. */
export const restApi = resourceTypeOf<typeof apigateway, RestApi>()({
  resourceType: 'AWS::ApiGateway::RestApi',
  service: 'apigateway',
  client: 'api-gateway',
  scope: 'regional',
  label: 'REST API',
  list: {
    operation: 'GetRestApis',
    items: 'items',
    page: { request: 'position', response: 'position', size: { name: 'limit', min: 1, max: 500 } },
  },
  iamActions: ['apigateway:GET'],
  id: 'id',
  arn: 'arn:{partition}:apigateway:{region}::/restapis/{id}',
  name: 'name',
  tags: 'tags',
  state: 'apiStatus',
  createdAt: 'createdDate',
  details: [
    {
      operation: 'GetResources',
      iamAction: 'apigateway:GET',
      // Methods are left out unless they are asked for.
      input: (api) => ({ restApiId: api.id, embed: ['methods'], limit: 500 }),
      pick: 'items',
      as: 'resources',
      page: { request: 'position', response: 'position' },
    },
  ],
  relationships: [
    { to: 'AWS::Lambda::Function', kind: 'invokes', by: 'arn', at: (api) => functionsCalled(api.resources) },
    { to: 'AWS::EC2::VPCEndpoint', kind: 'uses', at: (api) => api.endpointConfiguration?.vpcEndpointIds },
    {
      to: 'AWS::Cognito::UserPool',
      kind: 'uses',
      by: 'arn',
      at: (api) => arnsOf('cognito-idp', stringsIn(api.resources)),
    },
  ],
  events: {
    CreateRestApi: 'responseElements.id',
    ImportRestApi: 'responseElements.id',
    UpdateRestApi: 'requestParameters.restApiId',
    PutRestApi: 'requestParameters.restApiId',
    PutIntegration: 'requestParameters.restApiId',
    PutMethod: 'requestParameters.restApiId',
    CreateDeployment: 'requestParameters.restApiId',
    DeleteRestApi: 'requestParameters.restApiId',
  },
  documents: ['policy'],
  unordered: ['resources', 'endpointConfiguration.vpcEndpointIds'],
  // An integration may hold the key of what it calls, as the fixed value of a header.
  redact: httpMethods.flatMap((method) => [
    `resources[].resourceMethods.${method}.methodIntegration.requestParameters` as const,
    `resources[].resourceMethods.${method}.methodIntegration.requestTemplates` as const,
  ]),
})
