import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { accountSearch, connectSearch } from '../features/accounts/account-search.ts'
import { accountsSearch } from '../features/accounts/list/accounts-search.ts'
import { apiReferenceSearch } from '../features/api-reference/api-reference-search.ts'
import { credentialsSearch } from '../features/credentials/credentials-search.ts'
import { discoverySearch } from '../features/discovery/discovery-search.ts'
import { jobSearch } from '../features/jobs/job-search.ts'
import { joinSearch, organizationSearch } from '../features/organizations/organizations-search.ts'
import { resourcePageSearch, resourcesSearch } from '../features/resources/resources-search.ts'
import { scopeKeys, scopeSearch, type ScopeSearch } from '../lib/scope.ts'
import { one, parseSearch, stringifySearch } from '../lib/search-params.ts'
import { Frame } from './frame.tsx'
import { NotFound } from './not-found.tsx'
import { RouteError } from './route-error.tsx'

/** The scope goes with every link that does not name another one. */
const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  validateSearch: scopeSearch,
  search: { middlewares: [retainSearchParams<ScopeSearch>([...scopeKeys])] },
})
const getParentRoute = () => root

const overview = createRoute({
  getParentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../features/overview/overview-page.tsx'), 'OverviewPage'),
})

const resources = createRoute({
  getParentRoute,
  path: '/resources',
  validateSearch: resourcesSearch,
  component: lazyRouteComponent(() => import('../features/resources/resources-page.tsx'), 'ResourcesPage'),
})

const resource = createRoute({
  getParentRoute,
  path: '/resources/$id',
  validateSearch: resourcePageSearch,
  component: lazyRouteComponent(() => import('../features/resources/resource-page.tsx'), 'ResourcePage'),
})

const accounts = createRoute({
  getParentRoute,
  path: '/accounts',
  validateSearch: accountsSearch,
  component: lazyRouteComponent(() => import('../features/accounts/list/accounts-page.tsx'), 'AccountsPage'),
})

const connect = createRoute({
  getParentRoute,
  path: '/accounts/connect',
  validateSearch: connectSearch,
  component: lazyRouteComponent(() => import('../features/accounts/connect/connect-page.tsx'), 'ConnectPage'),
})

const account = createRoute({
  getParentRoute,
  path: '/accounts/$id',
  validateSearch: accountSearch,
  component: lazyRouteComponent(() => import('../features/accounts/account/account-page.tsx'), 'AccountPage'),
})

const organizations = createRoute({
  getParentRoute,
  path: '/organizations',
  component: lazyRouteComponent(() => import('../features/organizations/organizations-page.tsx'), 'OrganizationsPage'),
})

const connectOrganization = createRoute({
  getParentRoute,
  path: '/organizations/connect',
  validateSearch: joinSearch,
  component: lazyRouteComponent(
    () => import('../features/organizations/connect/connect-organization-page.tsx'),
    'ConnectOrganizationPage',
  ),
})

const organization = createRoute({
  getParentRoute,
  path: '/organizations/$id',
  validateSearch: organizationSearch,
  component: lazyRouteComponent(() => import('../features/organizations/organization-page.tsx'), 'OrganizationPage'),
})

const credentials = createRoute({
  getParentRoute,
  path: '/credentials',
  validateSearch: credentialsSearch,
  component: lazyRouteComponent(() => import('../features/credentials/credentials-page.tsx'), 'CredentialsPage'),
})

const discovery = createRoute({
  getParentRoute,
  path: '/discovery',
  validateSearch: discoverySearch,
  component: lazyRouteComponent(() => import('../features/discovery/discovery-page.tsx'), 'DiscoveryPage'),
})

const jobs = createRoute({
  getParentRoute,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../features/jobs/jobs-page.tsx'), 'JobsPage'),
})

const job = createRoute({
  getParentRoute,
  path: '/jobs/$id',
  validateSearch: jobSearch,
  component: lazyRouteComponent(() => import('../features/jobs/job-page.tsx'), 'JobPage'),
})

const settings = createRoute({
  getParentRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
})

const apiReference = createRoute({
  getParentRoute,
  path: '/settings/api',
  validateSearch: apiReferenceSearch,
  component: lazyRouteComponent(() => import('../features/api-reference/api-reference-page.tsx'), 'ApiReferencePage'),
})

/** Only a path of this application may follow: `//host` would be another one. */
const ownPath = (next: string | undefined): string => (next?.startsWith('/') && !next.startsWith('//') ? next : '/')

/** Whoever is past the gate has signed in already. */
const signIn = createRoute({
  getParentRoute,
  path: '/sign-in',
  validateSearch: (raw): { next?: string } => {
    const next = one(raw['next'])
    return next === undefined ? {} : { next }
  },
  beforeLoad: ({ search }) => {
    redirect({ href: ownPath(search.next), replace: true, throw: true })
  },
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    resources,
    resource,
    accounts,
    connect,
    account,
    organizations,
    connectOrganization,
    organization,
    credentials,
    discovery,
    jobs,
    job,
    settings,
    apiReference,
    signIn,
  ]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
