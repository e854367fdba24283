import type { FacetValue } from '../../../lib/suggest.ts'

export interface ColumnSet {
  title: string
  /** Undefined: the usual ones. */
  fields: string[] | undefined
}

/** As many tags as there is room for beside the names. */
const mostTags = 5

/** Columns for a purpose. */
export const columnSets = (tags: readonly FacetValue[]): ColumnSet[] => [
  { title: 'Usual', fields: undefined },
  {
    title: 'Times',
    fields: ['name', 'resourceType', 'region', 'accountId', 'createdAt', 'discoveredAt', 'lastUpdated', 'lastSeenAt'],
  },
  { title: 'Identity', fields: ['name', 'resourceType', 'resourceId', 'accountId', 'arn'] },
  ...(tags.length
    ? [
        {
          title: 'Tags',
          fields: [
            'name',
            'resourceType',
            'accountId',
            'environment',
            ...tags.slice(0, mostTags).map(({ value }) => `tag:${value}`),
          ],
        },
      ]
    : []),
]
