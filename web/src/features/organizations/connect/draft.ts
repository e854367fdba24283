import { useState } from 'react'

/** What the wizard has been told of one organization. It lasts as long as the browser's tab: a reload loses nothing. */
export interface JoinDraft {
  accounts: string[]
  units: string[]
  roleName: string
  regions: string[]
  /** New accounts of the whole units connect by themselves. */
  enrol: boolean
  /** Connections that the last step follows. */
  joined: string[]
}

export const ownRole = 'AwsIntegrationDashboard'
export const organizationRole = 'OrganizationAccountAccessRole'

const empty: JoinDraft = {
  accounts: [],
  units: [],
  roleName: ownRole,
  regions: ['us-east-1', 'eu-west-1'],
  enrol: false,
  joined: [],
}

const keyOf = (id: string) => `dashboard:join:${id}`

const stored = (id: string): JoinDraft => {
  try {
    return { ...empty, ...(JSON.parse(sessionStorage.getItem(keyOf(id)) ?? '{}') as Partial<JoinDraft>) }
  } catch {
    return empty
  }
}

export const useJoinDraft = (id: string) => {
  const [draft, setDraft] = useState(() => stored(id))
  const change = (part: Partial<JoinDraft>) =>
    setDraft((before) => {
      const next = { ...before, ...part }
      sessionStorage.setItem(keyOf(id), JSON.stringify(next))
      return next
    })
  return [draft, change] as const
}
