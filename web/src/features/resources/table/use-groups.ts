import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../lib/api.ts'
import type { Facets, FacetValue } from '../../../lib/suggest.ts'
import { useTagValues } from '../filter/use-facets.ts'
import { listInput, type FilterInput } from '../list-input.ts'
import { tagOf, type GroupField, type ResourcesSearch } from '../resources-search.ts'
import { firstPage } from '../token-stack.ts'
import { groupId, rowItem, type Item } from './items.ts'

const inputKeys = {
  service: 'service',
  type: 'resourceType',
  region: 'region',
  account: 'accountId',
  environment: 'environment',
  state: 'state',
} as const satisfies Record<GroupField, keyof FilterInput>

const keyOf = (group: string) => inputKeys[group as GroupField]

/** The filter of one group: its value instead of those chosen, or its tag beside them. */
export const groupInput = (input: FilterInput, group: string, value: string): FilterInput => {
  const tag = tagOf(group)
  if (tag === undefined) return { ...input, [keyOf(group)]: [value] }
  const exact = `${tag}=${value}`
  return { ...input, tag: [...(input.tag ?? []).filter((other) => other !== exact), exact] }
}

/** Facets ignore their own filter; the groups of the list do not. */
export const chosenOnly = (values: readonly FacetValue[], input: FilterInput, group: string): readonly FacetValue[] => {
  const tag = tagOf(group)
  const chosen =
    tag === undefined
      ? (input[keyOf(group)] as readonly string[] | undefined)
      : input.tag?.filter((one) => one.startsWith(`${tag}=`)).map((one) => one.slice(tag.length + 1))
  return chosen?.length ? values.filter(({ value }) => chosen.includes(value)) : values
}

const without: Record<string, string> = { environment: 'No environment', state: 'No state' }

/** The list under headings, each with how many rows it has; the open ones with their rows, a page at a time. */
export const useGroups = (
  search: ResourcesSearch,
  input: FilterInput | null,
  facets: Facets,
  total: number | undefined,
) => {
  const { group, in: open = [] } = search
  const tag = tagOf(group ?? '')
  const tagValues = useTagValues(input, tag)
  const [tokens, setTokens] = useState<Record<string, string[]>>({})
  const values =
    !group || !input
      ? []
      : chosenOnly(tag === undefined ? facets[group as GroupField] : (tagValues.data ?? []), input, group)
  const isOpen = (value: string) => open.includes(value)
  const base = JSON.stringify([input, group, search.sort, search.order])
  const asked = values
    .filter(({ value }) => isOpen(value))
    .flatMap(({ value }) => [undefined, ...(tokens[`${base} ${value}`] ?? [])].map((token) => ({ value, token })))
  const pages = useQueries({
    queries: asked.map(({ value, token }) =>
      api.resources.list.queryOptions({
        input: {
          ...listInput(groupInput(input ?? {}, group ?? '', value), search, firstPage),
          ...(token === undefined ? {} : { nextToken: token }),
        },
        placeholderData: keepPreviousData,
      }),
    ),
  })
  const pagesOf = (wanted: string) => pages.filter((_, index) => asked[index]?.value === wanted)
  const counted = values.reduce((sum, { count }) => sum + count, 0)
  const left = total === undefined ? 0 : total - counted
  const items: Item[] = values.flatMap(({ value, label, count }): Item[] => {
    const heading: Item = {
      kind: 'group',
      id: groupId(value),
      value,
      label: label ?? (value || '(empty)'),
      count,
      isOpen: isOpen(value),
    }
    if (!heading.isOpen) return [heading]
    const loaded = pagesOf(value)
    const isMore = loaded.some(({ data }) => data === undefined) || loaded.at(-1)?.data?.nextToken !== undefined
    return [
      heading,
      ...loaded.flatMap(({ data }) => data?.items.map(rowItem) ?? []),
      ...(isMore ? [{ kind: 'more' as const, id: `more ${value}`, value }] : []),
    ]
  })
  if (group && left > 0 && values.length > 0)
    items.push({
      kind: 'group',
      id: groupId(null),
      value: null,
      label: without[group] ?? `Without ${tag === undefined ? group : `the tag ${tag}`}`,
      count: left,
      isOpen: false,
    })
  return {
    items,
    /** Asks for the next page of a group, once it shows the end of the one before. */
    more: (value: string) => {
      const token = pagesOf(value).at(-1)?.data?.nextToken
      const key = `${base} ${value}`
      if (token === undefined || tokens[key]?.includes(token)) return
      setTokens((now) => ({ ...now, [key]: [...(now[key] ?? []), token] }))
    },
  }
}
