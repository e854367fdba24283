import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Timestamp, Uuid } from './vocabulary.ts'

export const Role = z.enum(['viewer', 'auditor', 'operator', 'admin'])
export type Role = z.infer<typeof Role>

export const User = z.object({
  id: Uuid,
  email: z.email(),
  role: Role,
  /** True until the one-time password is replaced; every other route answers PASSWORD_CHANGE_REQUIRED until then. */
  mustChangePassword: z.boolean(),
})
export type User = z.infer<typeof User>

/** The refresh token travels beside this in an HttpOnly cookie, never in the body. */
export const SignedIn = z.object({
  /** EdDSA JWT for `Authorization: Bearer`. */
  accessToken: z.string(),
  expiresAt: Timestamp,
  user: User,
})
export type SignedIn = z.infer<typeof SignedIn>

const Password = z.string().min(1).max(1024)

export const auth = {
  login: oc
    .route({ method: 'POST', path: '/auth/login', tags: ['Sign-in'], summary: 'Sign in' })
    .input(z.strictObject({ email: z.string().min(1).max(320), password: Password }))
    .output(SignedIn),
  refresh: oc
    .route({
      method: 'POST',
      path: '/auth/refresh',
      tags: ['Sign-in'],
      summary: 'Renew the access token by the refresh cookie',
    })
    .output(SignedIn),
  logout: oc
    .route({ method: 'POST', path: '/auth/logout', tags: ['Sign-in'], summary: 'End this session', successStatus: 204 })
    .output(z.void()),
  me: oc.route({ method: 'GET', path: '/auth/me', tags: ['Sign-in'], summary: 'Who is signed in' }).output(User),
  changePassword: oc
    .route({
      method: 'POST',
      path: '/auth/password',
      tags: ['Sign-in'],
      summary: 'Change your password; ends your other sessions',
    })
    .input(z.strictObject({ currentPassword: Password, newPassword: Password }))
    .output(SignedIn),
}
