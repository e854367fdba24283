import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2'
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'
import { type Owner, tagList, tagMap } from './tags.ts'

/** A state machine that runs functions one after the other. */
export async function createStateMachine(
  site: Site,
  { name, roleArn, functionArns }: { name: string; roleArn: string; functionArns: [string, ...string[]] },
  owner: Owner,
): Promise<string> {
  const states = functionArns.map((Resource, index) => {
    const next = index + 1 < functionArns.length ? { Next: `Step${index + 2}` } : { End: true }
    return [`Step${index + 1}`, { Type: 'Task', Resource, ...next }] as const
  })
  const answer = await site.of(SFNClient).send(
    new CreateStateMachineCommand({
      name,
      roleArn,
      type: 'STANDARD',
      definition: JSON.stringify({ StartAt: 'Step1', States: Object.fromEntries(states) }),
      tags: tagList(undefined, owner).map(({ Key, Value }) => ({ key: Key, value: Value })),
    }),
  )
  return required(answer.stateMachineArn, 'stateMachineArn')
}

/** A regional REST API of one path that hands its calls to a function. */
export async function createRestApi(
  site: Site,
  { name, path, functionArn }: { name: string; path: string; functionArn: string },
  owner: Owner,
): Promise<void> {
  const apis = site.of(APIGatewayClient)
  const { id: restApiId } = await apis.send(
    new CreateRestApiCommand({ name, endpointConfiguration: { types: ['REGIONAL'] }, tags: tagMap(owner) }),
  )
  const root = (await apis.send(new GetResourcesCommand({ restApiId }))).items?.find((one) => one.path === '/')
  const { id: resourceId } = await apis.send(
    new CreateResourceCommand({ restApiId, parentId: required(root?.id, 'the root resource'), pathPart: path }),
  )
  const at = { restApiId, resourceId, httpMethod: 'POST' }
  await apis.send(new PutMethodCommand({ ...at, authorizationType: 'NONE' }))
  const uri = `arn:aws:apigateway:${site.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`
  await apis.send(new PutIntegrationCommand({ ...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri }))
  await apis.send(new CreateDeploymentCommand({ restApiId, stageName: 'live' }))
}

export async function createHttpApi(site: Site, name: string, owner: Owner): Promise<void> {
  await site
    .of(ApiGatewayV2Client)
    .send(new CreateApiCommand({ Name: name, ProtocolType: 'HTTP', Tags: tagMap(owner) }))
}
