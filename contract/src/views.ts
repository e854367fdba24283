import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Timestamp, Uuid } from './vocabulary.ts'

const name = z.string().trim().min(1).max(80)
/** Query part of the page's address, without `?`: filters, sort and columns. */
const search = z.string().max(4096)

/** A page with its filters under a name. */
export const SavedView = z.object({
  id: Uuid,
  page: z.enum(['resources', 'accounts', 'discovery']),
  name,
  search,
  /** Everybody sees it; only its owner and administrators change it. */
  shared: z.boolean(),
  /** Email. */
  owner: z.string(),
  own: z.boolean(),
  createdAt: Timestamp,
})
export type SavedView = z.infer<typeof SavedView>

const ById = z.strictObject({ id: Uuid })
const tags = ['Views']

export const views = {
  list: oc
    .route({ method: 'GET', path: '/views', tags, summary: 'Your saved views, and those that are shared' })
    .input(z.strictObject({ page: SavedView.shape.page.optional() }))
    .output(z.object({ items: z.array(SavedView) })),
  add: oc
    .route({ method: 'POST', path: '/views', tags, summary: 'Save a view', successStatus: 201 })
    .input(z.strictObject({ page: SavedView.shape.page, name, search, shared: z.boolean().default(false) }))
    .output(SavedView),
  update: oc
    .route({ method: 'PUT', path: '/views/{id}', tags, summary: 'Rename, change or share a view' })
    .input(
      z.strictObject({ id: Uuid, name: name.optional(), search: search.optional(), shared: z.boolean().optional() }),
    )
    .output(SavedView),
  delete: oc
    .route({ method: 'DELETE', path: '/views/{id}', tags, summary: 'Delete a view', successStatus: 204 })
    .input(ById)
    .output(z.void()),
}
