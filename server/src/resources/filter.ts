import { and, inArray, isNull, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import type { ResourceFilter } from '@dashboard/contract/resources.ts'
import { contains } from '../db/contains.ts'
import { resource } from '../db/schema.ts'
import { changedWithin, includesDeleted } from './changed-within.ts'
import { inEnvironments } from './environment.ts'

export type Filter = z.output<typeof ResourceFilter>

/** `key=value`, or `key` alone: the value is undefined. */
export const splitTag = (tag: string): { key: string; value: string | undefined } => {
  const split = tag.indexOf('=')
  return split < 1 ? { key: tag, value: undefined } : { key: tag.slice(0, split), value: tag.slice(split + 1) }
}

const tagCondition = (tag: string): SQL => {
  const { key, value } = splitTag(tag)
  if (value === undefined) return sql`jsonb_exists(${resource.tags}, ${key})`
  return sql`${resource.tags} @> ${JSON.stringify({ [key]: value })}::jsonb`
}

/** The expression of the index `resource_text`. */
const textCondition = (text: string): SQL =>
  sql`(${resource.name} || ' ' || ${resource.nativeId} || ' ' || ${resource.arn}) ilike ${contains(text)}`

/** Resources that match every field of the filter: live ones, unless deletions are asked for. */
export const conditionOf = (filter: Filter, now: Date): SQL | undefined =>
  and(
    includesDeleted(filter) ? undefined : isNull(resource.deletedAt),
    filter.accountId && inArray(resource.accountId, filter.accountId),
    filter.region && inArray(resource.region, filter.region),
    filter.service && inArray(resource.service, filter.service),
    filter.resourceType && inArray(resource.resourceType, filter.resourceType),
    filter.state && inArray(resource.state, filter.state),
    filter.environment && inEnvironments(filter.environment),
    ...(filter.tag ?? []).map(tagCondition),
    filter.text === undefined || filter.text.trim() === '' ? undefined : textCondition(filter.text.trim()),
    changedWithin(filter, now),
  )
