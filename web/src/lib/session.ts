import type { SignedIn, User } from '@dashboard/contract/auth.ts'
import { ApiError, isErrorBody } from './problem.ts'
import { createStore } from './store.ts'

export type Session =
  | { phase: 'unknown' }
  /** `endedFor`: the user whose session ended by itself; what is on the screen is kept behind the sign-in form. */
  | { phase: 'anonymous'; endedFor: string | null }
  | { phase: 'unreachable'; error: unknown }
  | { phase: 'signed-in'; user: User }

type Message = { type: 'signed-in'; signedIn: SignedIn } | { type: 'signed-out' }

/** Renewed this long before it expires, so that no request leaves with a token that dies on the way. */
const renewBeforeMs = 30_000
/** The least wait between two renewals, also when the clocks of browser and server differ. */
const leastRenewalMs = 5_000
/** Remembers only THAT this browser has a session; never a token. */
const hintKey = 'dashboard:signed-in-before'

export const session = createStore<Session>({ phase: 'unknown' })

// The token lives in memory only: a script that reads storage finds nothing.
let current: SignedIn | null = null
let renewal: ReturnType<typeof setTimeout> | undefined
const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('dashboard-session') : null

tabs?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
  if (data.type === 'signed-in') adopt(data.signedIn)
  else forget(null)
})

export const accessToken = (): string | null => current?.accessToken ?? null

export const wasSignedInBefore = (): boolean => localStorage.getItem(hintKey) !== null

const adopt = (signedIn: SignedIn) => {
  current = signedIn
  localStorage.setItem(hintKey, '1')
  session.set({ phase: 'signed-in', user: signedIn.user })
  clearTimeout(renewal)
  const wait = Math.max(Date.parse(signedIn.expiresAt) - Date.now() - renewBeforeMs, leastRenewalMs)
  renewal = setTimeout(() => void refreshSession(), wait)
}

const forget = (endedFor: string | null) => {
  current = null
  clearTimeout(renewal)
  localStorage.removeItem(hintKey)
  session.set({ phase: 'anonymous', endedFor })
}

const post = async (path: string, body?: unknown): Promise<Response> => {
  const headers = new Headers({ 'X-Requested-With': 'dashboard' })
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (current) headers.set('Authorization', `Bearer ${current.accessToken}`)
  return fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const waiting = ({ headers }: Response): string => {
  const seconds = Number(headers.get('retry-after'))
  return `Too many attempts; try again in ${seconds > 0 ? `${seconds} s` : 'a minute'}.`
}

const failure = async (response: Response): Promise<Error> => {
  const body: unknown = await response.json().catch(() => null)
  if (isErrorBody(body) && response.status === 429) return new ApiError(429, { ...body, message: waiting(response) })
  return isErrorBody(body) ? new ApiError(response.status, body) : new Error(`The server answered ${response.status}.`)
}

const signedInBy = async (path: string, body?: unknown): Promise<SignedIn> => {
  const response = await post(path, body)
  if (!response.ok) throw await failure(response)
  return (await response.json()) as SignedIn
}

const announce = (signedIn: SignedIn) => {
  adopt(signedIn)
  tabs?.postMessage({ type: 'signed-in', signedIn } satisfies Message)
}

export const signIn = async (email: string, password: string): Promise<void> =>
  announce(await signedInBy('login', { email, password }))

export const changePassword = async (currentPassword: string, newPassword: string): Promise<void> =>
  announce(await signedInBy('password', { currentPassword, newPassword }))

/** Ends the session here and in the other tabs; the cookie goes with the server's answer. */
export const signOut = async (): Promise<void> => {
  const response = await post('logout')
  if (!response.ok && response.status !== 401) throw await failure(response)
  forget(null)
  tabs?.postMessage({ type: 'signed-out' } satisfies Message)
}

// One tab renews at a time: the refresh token rotates, and two tabs sending the same one would look like theft.
const alone = <T>(work: () => Promise<T>): Promise<T> =>
  'locks' in navigator ? navigator.locks.request('dashboard-refresh', work) : work()

const renew = async (stale: string | null): Promise<boolean> => {
  if (accessToken() !== stale) return true
  try {
    announce(await signedInBy('refresh'))
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status < 500 && error.status !== 429) forget(current?.user.id ?? null)
    else if (!current) session.set({ phase: 'unreachable', error })
    else renewal = setTimeout(() => void refreshSession(), leastRenewalMs)
    return false
  }
}

/** Takes up the session this browser has, if any; on a first visit there is nothing to ask the server for. */
export const startSession = (): void => {
  if (wasSignedInBefore()) void refreshSession()
  else session.set({ phase: 'anonymous', endedFor: null })
}

let underWay: Promise<boolean> | null = null

/** Renews the access token by the cookie, once however many ask. False: there is no session, or no server. */
export const refreshSession = (): Promise<boolean> => {
  const stale = accessToken()
  underWay ??= alone(() => renew(stale)).finally(() => {
    underWay = null
  })
  return underWay
}

const authorised = (request: Request): Request => {
  const token = accessToken()
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  return request
}

/** fetch with the access token; a 401 renews it once and asks again. */
export const authorisedFetch = async (request: Request): Promise<Response> => {
  const again = request.clone()
  const response = await fetch(authorised(request))
  if (response.status !== 401 || !(await refreshSession())) return response
  return fetch(authorised(again))
}
