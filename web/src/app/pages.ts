import type { IconName } from '../components/icon.tsx'

/** The pages of the rail, in its order; `key` follows `g`. */
export const pages = [
  { to: '/', title: 'Overview', icon: 'overview', key: 'o' },
  { to: '/resources', title: 'Resources', icon: 'resources', key: 'r' },
  { to: '/accounts', title: 'Accounts', icon: 'accounts', key: 'a' },
  { to: '/credentials', title: 'Credentials', icon: 'credentials', key: 'c' },
  { to: '/jobs', title: 'Discovery', icon: 'jobs', key: 'j' },
] as const satisfies readonly { to: string; title: string; icon: IconName; key: string }[]
