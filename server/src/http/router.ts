import { implement, withEventMeta } from '@orpc/server'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { iamActionsOf, maxStalenessMinutes } from '@dashboard/catalog/resource-type.ts'
import { contract } from '@dashboard/contract/contract.ts'
import type { AccountChecks } from '../accounts/account-checks.ts'
import type { Accounts } from '../accounts/accounts.ts'
import type { Pausing } from '../accounts/pause.ts'
import type { Auth, SignInResult } from '../auth/auth.ts'
import type { Principal } from '../auth/access-tokens.ts'
import type { Credentials } from '../credentials/credentials.ts'
import { AppError } from '../errors.ts'
import type { Live } from '../events/live.ts'
import type { Scopes } from '../discovery/scopes.ts'
import type { Organizations } from '../organizations/organizations.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { Resources } from '../resources/resources.ts'
import type { Views } from '../views/views.ts'
import { access, type Access } from './access.ts'
import type { RequestContext } from './context.ts'
import { createStreamLimit } from './stream-limit.ts'

/** The capabilities behind the routes. */
export interface Capabilities {
  auth: Auth
  accounts: Accounts
  accountChecks: AccountChecks
  pausing: Pausing
  organizations: Organizations
  credentials: Credentials
  resources: Resources
  views: Views
  scopes: Scopes
  jobs: Jobs
  live: Live
  overview: () => Promise<Overview>
  /** Resolves when the process can serve; throws what is missing. */
  ready: () => Promise<void>
}

const os = implement(contract).$context<RequestContext>()

const accessOf = (path: readonly string[]): Access => {
  const [area = '', operation = ''] = path
  const table = access as unknown as Record<string, Record<string, Access>>
  // Deny by default: what the table does not name, nobody may call.
  return table[area]?.[operation] ?? []
}

/** Checks the table before every handler. */
const authorize = os.middleware(({ context, path, next }) => {
  context.setOperation(path.join('.'))
  const needed = accessOf(path)
  if (needed === 'public') return next()
  const { principal } = context
  if (principal === undefined) throw new AppError('UNAUTHENTICATED')
  if (principal.mustChangePassword && path[0] !== 'auth') throw new AppError('PASSWORD_CHANGE_REQUIRED')
  if (needed !== 'signed-in' && !needed.includes(principal.role)) throw new AppError('FORBIDDEN')
  return next()
})

const principalOf = (context: RequestContext): Principal => {
  if (context.principal === undefined) throw new AppError('UNAUTHENTICATED')
  return context.principal
}

const withCookie = (context: RequestContext, result: SignInResult) => {
  context.setRefreshCookie(result.refreshToken)
  return result.signedIn
}

const catalogItems = resourceTypes.map((type) => ({
  resourceType: type.resourceType,
  service: type.service,
  label: type.label,
  scope: type.scope,
  iamActions: iamActionsOf(type),
  maxStalenessMinutes: maxStalenessMinutes(type),
}))

/** Every operation of the contract, joined to the capability that answers it. */
export const createRouter = ({
  auth,
  accounts,
  accountChecks,
  pausing,
  organizations,
  credentials,
  resources,
  views,
  scopes,
  jobs,
  live,
  overview,
  ready,
}: Capabilities) => {
  const api = os.use(authorize)
  const streams = createStreamLimit({ perSession: 20, perProcess: 2_000 })
  // Each holds a connection to the database and a snapshot.
  const exports = createStreamLimit({ perSession: 2, perProcess: 4, of: 'exports' })
  return api.router({
    auth: {
      login: api.auth.login.handler(async ({ input, context }) =>
        withCookie(context, await auth.login(input, context.from)),
      ),
      refresh: api.auth.refresh.handler(async ({ context }) => {
        if (context.refreshCookie === undefined) throw new AppError('SESSION_ENDED')
        return withCookie(context, await auth.refresh(context.refreshCookie, context.from))
      }),
      logout: api.auth.logout.handler(async ({ context }) => {
        await auth.logout(context.refreshCookie)
        context.clearRefreshCookie()
      }),
      me: api.auth.me.handler(({ context }) => auth.me(principalOf(context))),
      changePassword: api.auth.changePassword.handler(async ({ input, context }) =>
        withCookie(context, await auth.changePassword(principalOf(context), input, context.from)),
      ),
    },
    accounts: {
      add: api.accounts.add.handler(({ input, context }) => accounts.add(input, principalOf(context).email)),
      list: api.accounts.list.handler(({ input }) => accounts.list(input)),
      get: api.accounts.get.handler(({ input }) => accounts.get(input.id)),
      update: api.accounts.update.handler(({ input, context }) => accounts.update(input, principalOf(context).email)),
      delete: api.accounts.delete.handler(({ input }) => accounts.delete(input.id)),
      validate: api.accounts.validate.handler(async ({ input, context, signal }) => {
        const stream = accountChecks.validate(input.id, principalOf(context).email, signal)
        // The first check is awaited here, so that an unknown account is a 404 and not a broken stream.
        const first = await stream.next()
        return resume(first, stream)
      }),
      regions: api.accounts.regions.handler(({ input }) => accountChecks.regions(input.id)),
      pause: api.accounts.pause.handler(({ input, context }) => pausing.pause(input.id, principalOf(context).email)),
      resume: api.accounts.resume.handler(({ input, context }) => pausing.resume(input.id, principalOf(context).email)),
      history: api.accounts.history.handler(({ input }) => accounts.history(input)),
      identity: api.accounts.identity.handler(() => accountChecks.identity()),
      assumeRole: api.accounts.assumeRole.handler(({ input, context }) =>
        accountChecks.assumeRole(input.id, principalOf(context).email),
      ),
      onboarding: api.accounts.onboarding.handler(({ input }) => accountChecks.onboarding(input.id)),
      requirements: api.accounts.requirements.handler(() => accountChecks.requirements()),
    },
    organizations: {
      add: api.organizations.add.handler(({ input }) => organizations.add(input)),
      list: api.organizations.list.handler(() => organizations.list()),
      get: api.organizations.get.handler(({ input }) => organizations.get(input.id)),
      refresh: api.organizations.refresh.handler(({ input }) => organizations.refresh(input.id)),
      accounts: api.organizations.accounts.handler(({ input }) => organizations.accounts(input)),
      onboarding: api.organizations.onboarding.handler(({ input }) => organizations.onboarding(input)),
      join: api.organizations.join.handler(({ input, context }) =>
        organizations.join(input, principalOf(context).email),
      ),
      enrol: api.organizations.enrol.handler(({ input }) => organizations.enrol(input)),
      delete: api.organizations.delete.handler(({ input }) => organizations.delete(input.id)),
    },
    credentials: {
      create: api.credentials.create.handler(({ input }) => credentials.create(input)),
      list: api.credentials.list.handler(({ input }) => credentials.list(input)),
      update: api.credentials.update.handler(({ input, context }) =>
        credentials.update(input, principalOf(context).email),
      ),
      delete: api.credentials.delete.handler(({ input }) => credentials.delete(input.id)),
      test: api.credentials.test.handler(({ input }) => credentials.test(input.id)),
    },
    resources: {
      list: api.resources.list.handler(({ input }) => resources.list(input)),
      facets: api.resources.facets.handler(({ input }) => resources.facets(input)),
      export: api.resources.export.handler(({ input, context }) => {
        context.whenAnswered(exports.open(principalOf(context).sessionId))
        return resources.export(input)
      }),
      versions: api.resources.versions.handler(({ input }) => resources.versions(input)),
      get: api.resources.get.handler(({ input }) => resources.get(input.id)),
      discover: api.resources.discover.handler(({ input, context }) =>
        jobs.discover(input, principalOf(context).email, context.requestId),
      ),
    },
    views: {
      list: api.views.list.handler(({ input, context }) => views.list(principalOf(context), input)),
      add: api.views.add.handler(({ input, context }) => views.add(principalOf(context), input)),
      update: api.views.update.handler(({ input, context }) => views.update(principalOf(context), input)),
      delete: api.views.delete.handler(({ input, context }) => views.delete(principalOf(context), input.id)),
    },
    scopes: {
      list: api.scopes.list.handler(({ input }) => scopes.list({ ...input, held: input.held === 'true' })),
      matrix: api.scopes.matrix.handler(({ input }) => scopes.matrix(input)),
      confirmDisappearance: api.scopes.confirmDisappearance.handler(({ input }) =>
        scopes.confirmDisappearance(input.id),
      ),
    },
    jobs: {
      list: api.jobs.list.handler(({ input }) => jobs.list(input)),
      get: api.jobs.get.handler(({ input }) => jobs.get(input.id)),
      cancel: api.jobs.cancel.handler(({ input }) => jobs.cancel(input.id)),
      scopes: api.jobs.scopes.handler(({ input }) => jobs.scopes(input)),
      events: api.jobs.events.handler(({ context, lastEventId, signal }) => {
        context.whenAnswered(streams.open(principalOf(context).sessionId))
        return liveEvents(live, context, lastEventId, signal)
      }),
    },
    catalog: { list: api.catalog.list.handler(() => ({ items: catalogItems })) },
    overview: { get: api.overview.get.handler(() => overview()) },
    health: {
      live: api.health.live.handler(() => ({ status: 'ok' as const })),
      ready: api.health.ready.handler(async () => {
        await ready().catch((cause: unknown) => {
          throw new AppError('NOT_READY', { cause })
        })
        return { status: 'ok' as const }
      }),
    },
  })
}

async function* resume<T>(
  first: IteratorResult<T, void>,
  rest: AsyncGenerator<T, void, void>,
): AsyncGenerator<T, void, void> {
  if (first.done === true) return
  yield first.value
  yield* rest
}

/**
 * Ends when the token it came with does: the browser comes back with a new one and its last event id. Who has been
 * signed out meanwhile gets no further event.
 */
async function* liveEvents(
  live: Live,
  context: RequestContext,
  lastEventId: string | undefined,
  signal: AbortSignal | undefined,
) {
  const expiry = AbortSignal.timeout(Math.max(0, principalOf(context).expiresAt.getTime() - Date.now()))
  const ending = signal === undefined ? expiry : AbortSignal.any([expiry, signal])
  for await (const { id, event } of live.listen(lastEventId, ending)) {
    if (!(await isStillSignedIn(context))) return
    yield withEventMeta({ ...event }, { id })
  }
}

const isStillSignedIn = async (context: RequestContext): Promise<boolean> => {
  try {
    await context.verifyAgain()
    return true
  } catch (error) {
    if (error instanceof AppError && error.status === 401) return false
    throw error
  }
}
