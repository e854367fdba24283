import { required } from '../aws-gateway/required.ts'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { demoAccounts } from './accounts.ts'
import { type Site, siteOf } from './aws/site.ts'
import type { SiteAt } from './chapters/chapter.ts'
import { story } from './chapters/story.ts'
import { DemoSecrets } from './demo-secrets.ts'

export interface BuildOptions {
  endpoint: string
  operatorKeys: OperatorKey[]
  /** Today, from which the days of the story are counted back. */
  now: Date
}

/** Sites of the story; asked for twice, the same one, because its seeds go on counting. */
export function sitesOf({ endpoint, operatorKeys, now }: BuildOptions): SiteAt {
  const sites = new Map<string, Site>()
  return (account, region, daysAgo) => {
    const name = `${account}/${region}/${daysAgo}`
    const key = operatorKeys.find(({ accountId }) => accountId === demoAccounts[account])
    const site =
      sites.get(name) ?? siteOf({ endpoint, key: required(key, `an operator key of ${account}`), region, now, daysAgo })
    sites.set(name, site)
    return site
  }
}

/** Builds the organisation as it is today through the gateway, oldest first, without anybody looking in between. */
export async function buildDemoOrganisation(options: BuildOptions): Promise<DemoSecrets> {
  const at = sitesOf(options)
  let secrets: Partial<DemoSecrets> = {}
  for (const chapter of story) secrets = { ...secrets, ...(await chapter.happen(at)) }
  return DemoSecrets.parse(secrets)
}
