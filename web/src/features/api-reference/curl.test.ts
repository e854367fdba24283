import { describe, expect, it } from 'vitest'
import { curlOf } from './curl.ts'
import type { Schema } from './document.ts'
import type { PlacedOperation } from './operations.ts'

const base: PlacedOperation = {
  method: 'GET',
  path: '/aws/accounts/{id}',
  area: 'Accounts',
  operationId: 'accounts.get',
  responses: {},
  'x-access': 'signed-in',
}

const schemas: Record<string, Schema> = {
  Add: {
    anyOf: [
      {
        type: 'object',
        required: ['name', 'accountId', 'regions'],
        properties: {
          name: { type: 'string' },
          accountId: { type: 'string', examples: ['111111111111'] },
          regions: { type: 'array', minItems: 1, items: { type: 'string', examples: ["eu-central-1's"] } },
          note: { type: 'string' },
        },
      },
    ],
  },
}

describe('a call as a line for a shell', () => {
  it('names what has to be filled in, and never holds a token', () => {
    expect(curlOf(base, 'https://dashboard.example.com', {})).toBe(
      [
        String.raw`curl 'https://dashboard.example.com/api/aws/accounts/<id>' \ `.trimEnd(),
        '  -H "Authorization: Bearer $ACCESS_TOKEN"',
      ].join('\n'),
    )
  })

  it('sends the required fields as one word of the shell, whatever they hold', () => {
    const text = curlOf(
      {
        ...base,
        method: 'POST',
        path: '/aws/accounts',
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Add' } } } },
      },
      'https://dashboard.example.com',
      schemas,
    )
    expect(text).toContain('curl -X POST ')
    const body = /-d '([\s\S]*)'$/.exec(text)?.[1]?.replaceAll(String.raw`'\''`, "'")
    expect(JSON.parse(body ?? '')).toEqual({
      name: '<name>',
      accountId: '111111111111',
      regions: ["eu-central-1's"],
    })
  })

  it('reads a stream line by line, with the query that is required, and without a token where none is needed', () => {
    const text = curlOf(
      {
        ...base,
        path: '/events',
        'x-access': 'public',
        parameters: [
          { name: 'format', in: 'query', required: true, schema: { enum: ['csv', 'json'] } },
          { name: 'text', in: 'query' },
        ],
        responses: { 200: { description: 'OK', content: { 'text/event-stream': {} } } },
      },
      'http://127.0.0.1:8080',
      {},
    )
    expect(text).toBe("curl -N 'http://127.0.0.1:8080/api/events?format=csv'")
  })
})
