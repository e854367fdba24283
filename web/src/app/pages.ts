import type { IconName } from '../components/icon.tsx'

/** The pages of the rail, in its order; `key` follows `g`. */
export const pages = [
  { to: '/', title: 'Overview', icon: 'overview', key: 'o' },
  { to: '/resources', title: 'Resources', icon: 'resources', key: 'r' },
  { to: '/accounts', title: 'Accounts', icon: 'accounts', key: 'a' },
  { to: '/credentials', title: 'Credentials', icon: 'credentials', key: 'c' },
  { to: '/discovery', title: 'Discovery', icon: 'jobs', key: 'd' },
] as const satisfies readonly { to: string; title: string; icon: IconName; key: string }[]

/** Whether a path belongs to a page of the rail: the runs are part of the discovery. */
export const belongsTo = (page: string, path: string): boolean =>
  page === '/' ? path === '/' : path.startsWith(page) || (page === '/discovery' && path.startsWith('/jobs'))
