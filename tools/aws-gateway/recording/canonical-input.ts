import { header, type WireRequest } from '../wire.ts'

type Request = Pick<WireRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>

/**
 * What a call asks for, as one text that is equal for equal questions whatever the order of its parameters: the sorted
 * form of a query call, the sorted JSON of a JSON call, path and sorted query of a REST call.
 */
export function canonicalInput(request: Request): string {
  const type = header(request.headers, 'content-type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) return sortedForm(request.body.toString())
  if (header(request.headers, 'x-amz-target') !== undefined) return sortedJson(parsed(request.body))
  const body = request.body.length > 0 ? ` ${request.body.toString()}` : ''
  const query = sortedForm(request.query)
  return `${request.method} ${request.path}${query ? `?${query}` : ''}${body}`
}

/** The operation and the API version say nothing that the service and the operation's name have not said. */
const said = new Set(['Action', 'Version', 'x-id'])

function sortedForm(form: string): string {
  const parameters = new URLSearchParams([...new URLSearchParams(form)].filter(([name]) => !said.has(name)))
  parameters.sort()
  return parameters.toString()
}

const parsed = (body: Buffer): unknown => (body.length > 0 ? JSON.parse(body.toString()) : {})

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  )
}
