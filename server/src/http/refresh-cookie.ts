import type { Request, Response } from 'express'
import { sessionDays } from '../auth/auth.ts'
import { AppError } from '../errors.ts'

const name = 'dashboard_refresh'
const path = '/api/auth'

export const readRefreshCookie = (request: Request): string | undefined => {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1]
}

const options = (request: Request) => ({ httpOnly: true, secure: request.secure, sameSite: 'strict', path }) as const

export const setRefreshCookie = (request: Request, response: Response, token: string): void => {
  response.cookie(name, token, { ...options(request), maxAge: sessionDays * 24 * 60 * 60 * 1000 })
}

export const clearRefreshCookie = (request: Request, response: Response): void => {
  response.clearCookie(name, options(request))
}

/**
 * The cookie authorises refresh and logout and nothing else; those two answer only to the application itself. Each
 * test alone would do; browsers differ in which headers they send.
 */
export const requireSameSite = (request: Request): void => {
  const { origin, host } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign = origin !== undefined && URL.parse(origin)?.host !== host
  const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreign || crossSite || request.headers['x-requested-with'] === undefined)
    throw new AppError('CROSS_SITE_REQUEST')
}
