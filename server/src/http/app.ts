import { randomUUID } from 'node:crypto'
import compression from 'compression'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { OpenAPIHandler } from '@orpc/openapi/node'
import { onError, ORPCError } from '@orpc/server'
import type { AccessTokens, Principal } from '../auth/access-tokens.ts'
import { equalText } from '../equal-text.ts'
import { AppError } from '../errors.ts'
import type { Logger } from '../log/log.ts'
import type { Figures } from '../metrics/figures.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Secret } from '../secret.ts'
import { isStorable } from '../storable.ts'
import type { RequestContext } from './context.ts'
import { openApiDocument } from './open-api.ts'
import { clearRefreshCookie, readRefreshCookie, requireSameSite, setRefreshCookie } from './refresh-cookie.ts'
import { createRouter, type Capabilities } from './router.ts'
import { securityHeaders } from './security-headers.ts'
import { webApp } from './web-app.ts'
import { errorBody, toAppError } from './wire-error.ts'

interface Options {
  capabilities: Capabilities
  tokens: AccessTokens
  metrics: Metrics
  /** Of the installation, read at each scrape. */
  readFigures: () => Promise<Figures>
  metricsToken: Secret | undefined
  trustProxy: number
  webDirectory: string
  log: Logger
}

/** Paths that anybody may call; everything else under /api and /metrics needs a token, known route or not. */
const publicPaths = new Set([
  '/api/auth/login',
  '/api/auth/refresh',
  '/api/auth/logout',
  '/api/health/live',
  '/api/health/ready',
])
const cookiePaths = new Set(['/api/auth/refresh', '/api/auth/logout'])

const bearerOf = (request: Request): string | undefined =>
  /^Bearer ([^\s]+)$/.exec(request.headers.authorization ?? '')?.[1]

const requestIdOf = (response: Response): string => String(response.locals['requestId'])

const principalOf = (response: Response): Principal | undefined => response.locals['principal'] as Principal | undefined

/** A UUID or an id of the same kind: longer or other text could be taken for something else in a log. */
const requestIdShape = /^[A-Za-z0-9-]{16,36}$/

/** The caller's own id where it sends one, so that its log and ours tell of the same request. */
const assignRequestId: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id']
  const requestId = typeof given === 'string' && requestIdShape.test(given) ? given : randomUUID()
  response.locals['requestId'] = requestId
  response.setHeader('x-request-id', requestId)
  next()
}

const observe =
  (log: Logger, metrics: Metrics): RequestHandler =>
  (request, response, next) => {
    const started = performance.now()
    response.once('close', () => {
      const seconds = (performance.now() - started) / 1000
      const route = String(response.locals['operation'] ?? 'other')
      metrics.request({ method: request.method, route, status: response.statusCode, seconds })
      if (!request.originalUrl.startsWith('/api')) return
      const level = response.statusCode >= 500 ? 'error' : 'debug'
      log[level](
        {
          requestId: requestIdOf(response),
          method: request.method,
          operation: route,
          status: response.statusCode,
          ms: Math.round(seconds * 1000),
        },
        'request',
      )
    })
    next()
  }

const authenticate =
  (tokens: AccessTokens): RequestHandler =>
  async (request, response, next) => {
    const path = request.baseUrl + request.path
    if (publicPaths.has(path)) {
      if (cookiePaths.has(path)) requireSameSite(request)
      return next()
    }
    const token = bearerOf(request)
    if (token === undefined) throw new AppError('UNAUTHENTICATED')
    response.locals['principal'] = await tokens.verify(token)
    next()
  }

const requireJson: RequestHandler = (request, _response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (hasBody && request.is('application/json') === false) throw new AppError('UNSUPPORTED_MEDIA_TYPE')
  next()
}

/** Deeper JSON than any of our inputs: recursion over it is a way to exhaust the stack. */
const deepest = 20

const depthOf = (value: unknown, limit: number): number => {
  if (limit === 0 || value === null || typeof value !== 'object') return 0
  return 1 + Math.max(0, ...Object.values(value).map((item) => depthOf(item, limit - 1)))
}

const limitDepth: RequestHandler = (request, _response, next) => {
  if (depthOf(request.body, deepest + 1) > deepest) {
    throw new AppError('INVALID_INPUT', {
      issues: [{ path: '', message: `The body is nested more than ${deepest} levels deep.` }],
    })
  }
  next()
}

/** Text that PostgreSQL cannot keep would fail in whatever statement it reaches first. */
const requireStorable: RequestHandler = (request, _response, next) => {
  if (!isStorable(request.body) || /%00/.test(request.originalUrl)) {
    throw new AppError('INVALID_INPUT', {
      issues: [{ path: '', message: 'Text must not hold NUL characters or half surrogate pairs.' }],
    })
  }
  next()
}

/** For the routes outside the access table; those inside it are checked there. */
const requireOwnPassword: RequestHandler = (_request, response, next) => {
  if (principalOf(response)?.mustChangePassword) throw new AppError('PASSWORD_CHANGE_REQUIRED')
  next()
}

const handleErrors =
  (log: Logger): ErrorRequestHandler =>
  (error, _request, response, next) => {
    const known = toAppError(error)
    const requestId = requestIdOf(response)
    if (known.status >= 500) log.error({ err: known, requestId }, 'request failed')
    if (response.headersSent) return next(error)
    if (known.retryAfter !== undefined) response.setHeader('retry-after', known.retryAfter)
    response.status(known.status).json(errorBody(known, requestId))
  }

const createHandler = (capabilities: Capabilities, log: Logger) =>
  new OpenAPIHandler<RequestContext>(createRouter(capabilities), {
    customErrorResponseBodyEncoder: (error) => error.data,
    clientInterceptors: [
      async ({ next, context, path }) => {
        try {
          return await next()
        } catch (error) {
          throw wireError(error, context, path, log)
        }
      },
    ],
    interceptors: [
      onError((error, { context }) => {
        if (error instanceof ORPCError && error.data !== undefined) return
        throw wireError(error, context, [], log)
      }),
    ],
  })

/** Carries our body through the library's own error class, and logs what is our fault. */
const wireError = (
  error: unknown,
  context: RequestContext,
  path: readonly string[],
  log: Logger,
): ORPCError<string, unknown> => {
  const known = toAppError(error)
  if (known.status >= 500)
    log.error({ err: known, requestId: context.requestId, operation: path.join('.') }, 'request failed')
  if (known.retryAfter !== undefined) context.setRetryAfter(known.retryAfter)
  return new ORPCError(known.code, {
    status: known.status,
    message: known.message,
    data: errorBody(known, context.requestId),
    cause: known,
  })
}

const contextOf = (request: Request, response: Response, tokens: AccessTokens): RequestContext => ({
  requestId: requestIdOf(response),
  from: { ip: request.ip ?? '', userAgent: request.headers['user-agent'] },
  principal: principalOf(response),
  verifyAgain: async () => {
    const principal = principalOf(response)
    if (principal === undefined) throw new AppError('UNAUTHENTICATED')
    await tokens.verifyAgain(principal)
  },
  whenAnswered: (callback) => {
    if (response.closed) callback()
    else response.once('close', callback)
  },
  refreshCookie: readRefreshCookie(request),
  setRefreshCookie: (token) => setRefreshCookie(request, response, token),
  clearRefreshCookie: () => clearRefreshCookie(request, response),
  setRetryAfter: (seconds) => response.setHeader('retry-after', seconds),
  setOperation: (operation) => {
    response.locals['operation'] = operation
  },
})

/** The whole HTTP side, in the order a request passes it. */
export const createApp = (options: Options): Express => {
  const { capabilities, tokens, metrics, readFigures, metricsToken, trustProxy, webDirectory, log } = options
  const handler = createHandler(capabilities, log)
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', trustProxy)
  app.set('query parser', 'simple')
  app.use(assignRequestId, observe(log, metrics), securityHeaders())
  // An event stream must leave line by line; a compressor would hold it back.
  app.use(
    compression({
      filter: (request, response) =>
        !String(response.getHeader('content-type')).startsWith('text/event-stream') &&
        compression.filter(request, response),
    }),
  )

  app.get('/metrics', async (request, response) => {
    const token = bearerOf(request)
    if (token === undefined) throw new AppError('UNAUTHENTICATED')
    if (metricsToken === undefined || !equalText(token, metricsToken.reveal())) {
      if ((await tokens.verify(token)).mustChangePassword) throw new AppError('PASSWORD_CHANGE_REQUIRED')
    }
    response.type(metrics.contentType).send(await metrics.text(readFigures))
  })

  app.use('/api', (_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    next()
  })
  app.use(
    '/api',
    authenticate(tokens),
    requireJson,
    express.json({ limit: '64kb', strict: true }),
    limitDepth,
    requireStorable,
  )
  app.get('/api/openapi.json', requireOwnPassword, async (_request, response) => {
    response.json(await openApiDocument())
  })
  app.use('/api', async (request, response) => {
    const { matched } = await handler.handle(request, response, {
      prefix: '/api',
      context: contextOf(request, response, tokens),
    })
    if (!matched) throw new AppError('UNKNOWN_ROUTE')
  })
  app.use(webApp(webDirectory))
  app.use(handleErrors(log))
  return app
}
