import type { SignedIn } from '@dashboard/contract/auth.ts'
import { json, send, type WireAnswer } from '../edge/wire.ts'

interface Call {
  /** Address of the client, as the proxy in front tells it. */
  from?: string
  token?: string
  cookie?: string
  headers?: Record<string, string>
  body?: unknown
}

export interface Session {
  accessToken: string
  refreshToken: string
  from: string
}

let addresses = 0

/** An address of its own for each caller, so that one test's attempts do not count against another's. */
export const freshAddress = (): string => {
  addresses += 1
  return `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`
}

export const call = (
  base: string,
  method: string,
  path: string,
  { from, token, cookie, headers, body }: Call = {},
): Promise<WireAnswer> => {
  const given = body === undefined ? {} : json(body)
  return send(base, method, `/api${path}`, {
    ...given,
    headers: {
      ...given.headers,
      ...(from === undefined ? {} : { 'x-forwarded-for': from }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie: `dashboard_refresh=${cookie}` }),
      ...headers,
    },
  })
}

export const cookieOf = (answer: WireAnswer): string | undefined => {
  const [line = ''] = answer.headers['set-cookie'] ?? []
  return /^dashboard_refresh=([^;]+);/.exec(line)?.[1]
}

export const codeOf = (answer: WireAnswer): string => (JSON.parse(answer.text) as { code: string }).code

export const login = (base: string, email: string, password: string, from = freshAddress()): Promise<WireAnswer> =>
  call(base, 'POST', '/auth/login', { from, body: { email, password } })

export const signIn = async (base: string, email: string, password: string): Promise<Session> => {
  const from = freshAddress()
  const answer = await login(base, email, password, from)
  const refreshToken = cookieOf(answer)
  if (answer.status !== 200 || refreshToken === undefined)
    throw new Error(`sign-in failed: ${answer.status} ${answer.text}`)
  return { accessToken: (JSON.parse(answer.text) as SignedIn).accessToken, refreshToken, from }
}

/** Refreshes as the application itself does. */
export const refresh = (
  base: string,
  cookie: string,
  from = freshAddress(),
  headers: Record<string, string> = {},
): Promise<WireAnswer> =>
  call(base, 'POST', '/auth/refresh', { from, cookie, headers: { 'x-requested-with': 'fetch', ...headers } })

/** The next refresh token. Throws when the refresh was refused. */
export const rotate = async (base: string, cookie: string): Promise<string> => {
  const answer = await refresh(base, cookie)
  const next = cookieOf(answer)
  if (answer.status !== 200 || next === undefined) throw new Error(`refresh refused: ${answer.status} ${answer.text}`)
  return next
}

export const whoAmI = (base: string, token: string): Promise<WireAnswer> => call(base, 'GET', '/auth/me', { token })
