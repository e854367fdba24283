import { one, oneOf } from '../../lib/search-params.ts'

export const organizationTabs = ['members', 'enrolment', 'onboarding'] as const
export type OrganizationTab = (typeof organizationTabs)[number]

export interface OrganizationSearch {
  tab?: OrganizationTab | undefined
  /** Only accounts in this unit or below. */
  unit?: string | undefined
  connected?: 'true' | 'false' | undefined
  text?: string | undefined
}

const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T

export const organizationSearch = (raw: Record<string, unknown>): OrganizationSearch =>
  given({
    tab: oneOf(organizationTabs, raw['tab']),
    unit: one(raw['unit']),
    connected: oneOf(['true', 'false'] as const, raw['connected']),
    text: one(raw['text']),
  })

export const joinSteps = ['management', 'accounts', 'role', 'join'] as const
export type JoinStep = (typeof joinSteps)[number]

/** Where the wizard is; `id` is the organization, once it has been read. */
export interface JoinSearch {
  step?: JoinStep | undefined
  id?: string | undefined
  /** The connection that should read the organization. */
  management?: string | undefined
}

export const joinSearch = (raw: Record<string, unknown>): JoinSearch =>
  given({ step: oneOf(joinSteps, raw['step']), id: one(raw['id']), management: one(raw['management']) })
