import { one, oneOf } from '../../lib/search-params.ts'

export const accountTabs = ['summary', 'access', 'history', 'regions', 'onboarding', 'edit'] as const
export type AccountTab = (typeof accountTabs)[number]

export const accountSearch = (raw: Record<string, unknown>): { tab?: AccountTab } => {
  const tab = oneOf(accountTabs, raw['tab'])
  return tab ? { tab } : {}
}

export const connectSteps = ['method', 'account', 'permissions', 'validate'] as const
export type ConnectStep = (typeof connectSteps)[number]

export const methods = ['iam_role', 'access_key', 'instance_profile'] as const
export type Method = (typeof methods)[number]

/** Where the wizard is; `id` is the account row that holds the draft. */
export interface ConnectSearch {
  step?: ConnectStep
  method?: Method
  id?: string
  /** What the account is connected for; the wizard of an organization goes on with it. */
  goal?: 'organization'
}

export const connectSearch = (raw: Record<string, unknown>): ConnectSearch => {
  const step = oneOf(connectSteps, raw['step'])
  const method = oneOf(methods, raw['method'])
  const id = one(raw['id'])
  const goal = oneOf(['organization'] as const, raw['goal'])
  return {
    ...(step ? { step } : {}),
    ...(method ? { method } : {}),
    ...(id ? { id } : {}),
    ...(goal ? { goal } : {}),
  }
}
