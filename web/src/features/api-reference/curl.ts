import type { Schema } from './document.ts'
import { exampleOf } from './example.ts'
import type { PlacedOperation } from './operations.ts'

/** A text as one word of a shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

const queryOf = (operation: PlacedOperation, schemas: Record<string, Schema>): string => {
  const needed = (operation.parameters ?? []).filter(({ in: place, required }) => place === 'query' && required)
  const pairs = needed.map(({ name, schema }) => `${name}=${String(exampleOf(schema ?? {}, schemas, name))}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

const isStream = ({ responses }: PlacedOperation): boolean =>
  Object.values(responses).some(({ content }) => content?.['text/event-stream'] !== undefined)

/** The call as a line for a shell, with what is required only. The token comes from the shell's ACCESS_TOKEN. */
export const curlOf = (operation: PlacedOperation, origin: string, schemas: Record<string, Schema>): string => {
  const { method, path, requestBody } = operation
  const body = requestBody?.content['application/json']?.schema
  const address = `${origin}/api${path.replaceAll(/\{(\w+)\}/g, '<$1>')}${queryOf(operation, schemas)}`
  return [
    `curl ${isStream(operation) ? '-N ' : ''}${method === 'GET' ? '' : `-X ${method} `}${quoted(address)}`,
    ...(operation['x-access'] === 'public' ? [] : ['-H "Authorization: Bearer $ACCESS_TOKEN"']),
    ...(body === undefined
      ? []
      : [
          `-H ${quoted('Content-Type: application/json')}`,
          `-d ${quoted(JSON.stringify(exampleOf(body, schemas), null, 2))}`,
        ]),
  ].join(' \\\n  ')
}
