import type { SavedView } from '@dashboard/contract/views.ts'
import { accountStatus } from '../../lib/status.ts'
import { useStore } from '../../lib/store.ts'
import { useAccounts } from '../../lib/use-accounts.ts'
import { useViews } from '../../lib/views/use-views.ts'
import { pages } from '../pages.ts'
import { actionEntry, type Entry, type EntryGroup } from './entries.ts'
import { ranked } from './rank.ts'
import { recents } from './recent.ts'
import { useActions } from './use-actions.ts'
import { useResourceSearch } from './use-resource-search.ts'

const more: readonly Entry[] = [
  { id: 'page /jobs', icon: 'jobs', title: 'Discovery runs', href: '/jobs' },
  { id: 'page /settings', icon: 'settings', title: 'Settings', href: '/settings', keys: 'g s' },
]

const pageEntries: readonly Entry[] = [
  ...pages.map(({ to, title, icon, key }): Entry => ({ id: `page ${to}`, icon, title, href: to, keys: `g ${key}` })),
  ...more.filter(({ id }) => !pages.some(({ to }) => id === `page ${to}`)),
]

const pageTitle: Record<SavedView['page'], string> = {
  resources: 'Resources',
  accounts: 'Accounts',
  discovery: 'Discovery',
}

const textsOf = ({ title, note }: Entry): string[] => (note ? [title, note] : [title])

/** What the palette offers for what is typed, in groups; empty groups are left out. */
export const useEntries = (typed: string) => {
  const accounts = useAccounts().data?.items ?? []
  const views = useViews().data ?? []
  const actions = useActions().map(actionEntry)
  const found = useResourceSearch(typed)
  const kept = useStore(recents)
  const accountEntries = accounts.map((account): Entry => ({
    id: `account ${account.id}`,
    icon: 'accounts',
    title: account.name,
    note: `${account.accountId} · ${accountStatus(account).word}`,
    href: `/accounts/${account.id}`,
  }))
  const viewEntries = views.map(({ id, name, page, search, own, owner }): Entry => ({
    id: `view ${id}`,
    icon: 'bookmark',
    title: name,
    note: own ? pageTitle[page] : `${pageTitle[page]} · ${owner}`,
    href: `/${page}?${search}`,
  }))
  const recentEntries = kept.map(({ href, title, note }): Entry => ({
    id: `recent ${href}`,
    icon: 'jobs',
    title,
    note,
    href,
  }))
  const isTyped = typed.trim() !== ''
  const groups: EntryGroup[] = [
    { title: 'Recent', entries: isTyped ? [] : recentEntries },
    { title: 'Pages', entries: ranked(pageEntries, typed, textsOf) },
    { title: 'Saved views', entries: ranked(viewEntries, typed, textsOf) },
    { title: 'Accounts', entries: isTyped ? ranked(accountEntries, typed, textsOf).slice(0, 6) : [] },
    { title: 'Resources', entries: found.entries },
    { title: 'Actions', entries: ranked(actions, typed, textsOf) },
  ]
  return {
    groups: groups.filter(({ entries }) => entries.length > 0),
    isSearching: found.isSearching,
    error: found.error,
  }
}
