import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { clientOf } from '@dashboard/catalog/resource-type.ts'
import { isList, membersOf, operationOf, type Sdk, traitsOf } from '../../completeness/sdk-schema.ts'
import type { AuthenticatedCall } from '../call.ts'
import type { WireResponse } from '../wire.ts'
import { answerOf, listBody } from './envelope.ts'

/** What the catalog lists, or lists parents with, as `service:operation`, and the SDK client that knows its shapes. */
const clients = new Map(
  resourceTypes.flatMap((type) =>
    [type.list, ...(type.parent ? [type.parent] : [])].map(({ operation }): [string, string] => [
      `${type.service}:${operation}`,
      clientOf(type),
    ]),
  ),
)

/** IAM's prefix of the service, which the catalog calls it by. */
const keyOf = ({ action, operation }: AuthenticatedCall) => `${action.split(':')[0]}:${operation}`

const bodies = new Map<string, Promise<(call: AuthenticatedCall) => string>>()

/** The answer to a list operation of the catalog of which the estate has nothing; undefined for any other call. */
export async function emptyList(call: AuthenticatedCall): Promise<WireResponse | undefined> {
  const client = clients.get(keyOf(call))
  if (client === undefined) return undefined
  const body = bodies.get(keyOf(call)) ?? bodyOf(client, call.operation)
  bodies.set(keyOf(call), body)
  return answerOf(call, Buffer.from((await body)(call)))
}

/** AWS's shapes say which members are lists and what they are called on the wire. */
async function bodyOf(client: string, operation: string): Promise<(call: AuthenticatedCall) => string> {
  const sdk = (await import(`@aws-sdk/client-${client}`)) as Sdk
  const members = membersOf(operationOf(sdk, operation)?.output)
  const payload = members.find(([, schema]) => traitsOf(schema).httpPayload)
  if (payload !== undefined) return () => payloadBody(...payload)
  const lists = members.filter(([, schema]) => isList(schema)).map(([name, schema]) => wireNameOf(name, schema))
  const contents = new Map(lists.map((name) => [name, []]))
  return (call) => listBody(call, contents, undefined)
}

const wireNameOf = (name: string, schema: unknown): string => {
  const { jsonName, xmlName } = traitsOf(schema)
  return jsonName ?? xmlName ?? name
}

/** CloudFront's lists count their items, and have no element for none. */
function payloadBody(name: string, schema: unknown): string {
  const counted = membersOf(schema).flatMap(([member]) => (member === 'Quantity' ? [`<Quantity>0</Quantity>`] : []))
  return `<${name}>${counted.join('')}<IsTruncated>false</IsTruncated></${name}>`
}
