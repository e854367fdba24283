import { describe, expect, it } from 'vitest'
import type { ApiDocument, Operation } from './document.ts'
import { matching, operationsOf } from './operations.ts'

const operation = (more: Partial<Operation> & { operationId: string }): Operation => ({
  responses: {},
  'x-access': 'signed-in',
  ...more,
})

const document: ApiDocument = {
  paths: {
    '/jobs': {
      get: operation({
        operationId: 'jobs.list',
        summary: 'Recent jobs',
        tags: ['Jobs'],
        parameters: [{ name: 'maxResults', in: 'query' }],
      }),
      post: operation({ operationId: 'jobs.add', summary: 'Start' }),
    },
  },
  components: { schemas: {} },
  'x-error-codes': {},
}

describe('the operations of the API reference', () => {
  it('are every method of every path, by area', () => {
    expect(operationsOf(document).map(({ method, path, area }) => [method, path, area])).toEqual([
      ['GET', '/jobs', 'Jobs'],
      ['POST', '/jobs', 'Other'],
    ])
  })

  it.each([
    ['get jobs', ['jobs.list']],
    ['MAXRESULTS', ['jobs.list']],
    ['/api/jobs', ['jobs.list', 'jobs.add']],
    ['start', ['jobs.add']],
    ['start recent', []],
    [' ', ['jobs.list', 'jobs.add']],
  ])('are found by their words: %s', (wanted, ids) => {
    expect(matching(operationsOf(document), wanted).map(({ operationId }) => operationId)).toEqual(ids)
  })
})
