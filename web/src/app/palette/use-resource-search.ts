import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../lib/api.ts'
import { useTypeLabel } from '../../lib/use-catalog.ts'
import type { Entry } from './entries.ts'

const settleMs = 120
const leastLetters = 2
const most = 8

const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** Resources whose name, id or ARN has what is typed, once typing rests. */
export const useResourceSearch = (typed: string) => {
  const text = useSettled(typed.trim()).slice(0, 256)
  const label = useTypeLabel()
  const isAsked = text.length >= leastLetters && typed.trim() !== ''
  const query = useQuery(
    api.resources.list.queryOptions({
      input: isAsked ? { text, maxResults: most } : skipToken,
      placeholderData: keepPreviousData,
    }),
  )
  const entries: Entry[] =
    (isAsked ? query.data?.items : undefined)?.map(({ id, name, resourceType, accountName, region }) => ({
      id: `resource ${id}`,
      icon: 'resources' as const,
      title: name,
      note: `${label(resourceType)} · ${accountName} · ${region}`,
      href: `/resources/${id}`,
    })) ?? []
  const total = isAsked ? (query.data?.total ?? 0) : 0
  return {
    entries: total > entries.length && entries.length > 0 ? [...entries, allEntry(text, total)] : entries,
    isSearching: isAsked ? query.isFetching : typed.trim().length >= leastLetters,
    error: isAsked ? query.error : null,
  }
}

const allEntry = (text: string, total: number): Entry => ({
  id: 'all resources',
  icon: 'search',
  title: `Show all ${total.toLocaleString('en-US')} resources with “${text}”`,
  href: `/resources?${new URLSearchParams({ text }).toString()}`,
})
