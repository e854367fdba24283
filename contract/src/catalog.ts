import { oc } from '@orpc/contract'
import { z } from 'zod'
import { ResourceType } from './vocabulary.ts'

export const CatalogEntry = z.object({
  resourceType: ResourceType,
  service: z.string(),
  label: z.string(),
  scope: z.enum(['regional', 'global']),
  iamActions: z.array(z.string()),
  /** How old a complete answer becomes at most before AWS is asked again. */
  maxStalenessMinutes: z.int(),
})
export type CatalogEntry = z.infer<typeof CatalogEntry>

export const catalog = {
  list: oc
    .route({ method: 'GET', path: '/catalog/resource-types', tags: ['Catalog'], summary: 'Resource types we discover' })
    .output(z.object({ items: z.array(CatalogEntry) })),
}
