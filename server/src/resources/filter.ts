import { and, eq, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { ResourceFilter } from '@dashboard/contract/resources.ts'
import { resource } from '../db/schema.ts'

export type Filter = z.output<typeof ResourceFilter>

/** `%` and `_` are letters here, not wildcards. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)

const tagCondition = (tag: string): SQL => {
  const split = tag.indexOf('=')
  if (split < 1) return sql`jsonb_exists(${resource.tags}, ${tag})`
  return sql`${resource.tags} @> ${JSON.stringify({ [tag.slice(0, split)]: tag.slice(split + 1) })}::jsonb`
}

/** The expression of the index `resource_text`. */
const textCondition = (text: string): SQL =>
  sql`(${resource.name} || ' ' || ${resource.nativeId} || ' ' || ${resource.arn}) ilike ${`%${literal(text)}%`}`

/** Live resources that match every field of the filter. */
export const conditionOf = (filter: Filter): SQL | undefined =>
  and(
    isNull(resource.deletedAt),
    filter.accountId && inArray(resource.accountId, filter.accountId),
    filter.region && inArray(resource.region, filter.region),
    filter.service && inArray(resource.service, filter.service),
    filter.resourceType && inArray(resource.resourceType, filter.resourceType),
    filter.state && or(...filter.state.map((state) => eq(resource.state, state))),
    ...(filter.tag ?? []).map(tagCondition),
    filter.text === undefined || filter.text.trim() === '' ? undefined : textCondition(filter.text.trim()),
  )
