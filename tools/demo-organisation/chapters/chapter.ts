import type { demoAccounts, DemoRegion } from '../accounts.ts'
import type { Site } from '../aws/site.ts'
import type { DemoSecrets } from '../demo-secrets.ts'

export type DemoAccount = keyof typeof demoAccounts

/** An account and Region at one day of the past; parts of a day count. */
export type SiteAt = (account: DemoAccount, region: DemoRegion, daysAgo: number) => Site

/** What happened in AWS up to a day of the past, on which the product then looks. */
export interface Chapter {
  /** 0 is today. */
  daysAgo: number
  /** Accounts that are connected at the end of it for the first time. */
  connects: readonly DemoAccount[]
  /** Makes the changes, oldest first; returns the keys for the product that came to be on the way. */
  happen(at: SiteAt): Promise<Partial<DemoSecrets>>
}
