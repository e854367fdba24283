import type { IconName } from '../components/icon.tsx'

/** The pages of the rail, in its order; `key` follows `g`. */
export const pages = [
  { to: '/', title: 'Overview', icon: 'overview', key: 'o' },
  { to: '/resources', title: 'Resources', icon: 'resources', key: 'r' },
  { to: '/accounts', title: 'Accounts', icon: 'accounts', key: 'a' },
  { to: '/credentials', title: 'Credentials', icon: 'credentials', key: 'c' },
  { to: '/discovery', title: 'Discovery', icon: 'jobs', key: 'd' },
] as const satisfies readonly { to: string; title: string; icon: IconName; key: string }[]

/** What `g` and a key lead to: the pages of the rail and those beside them. */
export const destinations = [...pages, { to: '/settings', title: 'Settings', key: 's' }] as const

/** Paths that have no line of their own in the rail, and the page they are part of. */
const partOf: Record<string, string> = { '/discovery': '/jobs', '/accounts': '/organizations' }

/** Whether a path belongs to a page of the rail: the runs are part of the discovery, organizations of the accounts. */
export const belongsTo = (page: string, path: string): boolean => {
  if (page === '/') return path === '/'
  const other = partOf[page]
  return path.startsWith(page) || (other !== undefined && path.startsWith(other))
}
