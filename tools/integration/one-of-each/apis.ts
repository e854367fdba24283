import {
  APIGatewayClient,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiCommand, CreateIntegrationCommand } from '@aws-sdk/client-apigatewayv2'
import type { Code } from './code.ts'
import { type Clients, type ExpectedResource, made, out, ownTags, type Place } from './created.ts'

export type Apis = Awaited<ReturnType<typeof createApis>>

/** A header's fixed value that nothing may store, log or answer. */
export const headerCanary = 'canary-6e0b9c4d8a3f7152'

/** The path on which API Gateway calls a function. */
const invocationOf = (functionArn: string, { partition, region }: Place) =>
  `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`

export async function createApis(clients: Clients, place: Place, code: Code) {
  return {
    restApiId: await createRestApi(clients(APIGatewayClient), place, code),
    apiId: await createHttpApi(clients(ApiGatewayV2Client), code),
  }
}

async function createRestApi(gateway: APIGatewayClient, place: Place, code: Code) {
  const api = await gateway.send(
    new CreateRestApiCommand({
      name: 'orders-rest',
      description: 'Orders of partners',
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: ownTags('orders-rest'),
    }),
  )
  const restApiId = made(api.id, 'REST API')
  const { items } = await gateway.send(new GetResourcesCommand({ restApiId }))
  const resource = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId: items?.[0]?.id, pathPart: 'orders' }),
  )
  const method = { restApiId, resourceId: resource.id, httpMethod: 'POST' }
  await gateway.send(new PutMethodCommand({ ...method, authorizationType: 'AWS_IAM' }))
  await gateway.send(
    new PutIntegrationCommand({
      ...method,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invocationOf(code.functionArn, place),
      requestParameters: { 'integration.request.header.x-api-key': `'${headerCanary}'` },
    }),
  )
  return restApiId
}

async function createHttpApi(gateway: ApiGatewayV2Client, code: Code) {
  const api = await gateway.send(
    new CreateApiCommand({
      Name: 'orders-http',
      ProtocolType: 'HTTP',
      Description: 'Orders of the shop',
      Tags: ownTags('orders-http'),
    }),
  )
  const ApiId = made(api.ApiId, 'API')
  await gateway.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: code.functionArn,
      PayloadFormatVersion: '2.0',
      RequestParameters: { 'append:header.x-api-key': headerCanary },
    }),
  )
  return ApiId
}

export function expectedApis(apis: Apis, code: Code, place: Place): ExpectedResource[] {
  const { partition, region } = place
  const toFunction = out('invokes', 'AWS::Lambda::Function', code.functionArn)
  return [
    {
      resourceType: 'AWS::ApiGateway::RestApi',
      resourceId: apis.restApiId,
      arn: `arn:${partition}:apigateway:${region}::/restapis/${apis.restApiId}`,
      name: 'orders-rest',
      state: null,
      region,
      tags: ownTags('orders-rest'),
      properties: {
        description: 'Orders of partners',
        'endpointConfiguration.types': ['REGIONAL'],
        'resources[].path': ['/', '/orders'],
        'resources[].resourceMethods.POST.authorizationType': 'AWS_IAM',
      },
      relationships: [toFunction],
    },
    {
      resourceType: 'AWS::ApiGatewayV2::Api',
      resourceId: apis.apiId,
      arn: `arn:${partition}:apigateway:${region}::/apis/${apis.apiId}`,
      name: 'orders-http',
      state: null,
      region,
      tags: ownTags('orders-http'),
      properties: {
        ProtocolType: 'HTTP',
        Description: 'Orders of the shop',
        'Integrations[].IntegrationType': 'AWS_PROXY',
        'Integrations[].PayloadFormatVersion': '2.0',
      },
      relationships: [toFunction],
    },
  ]
}
