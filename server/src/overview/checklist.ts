import { sql } from 'drizzle-orm'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { OwnIdentity } from '../accounts/own-identity.ts'
import { ownRegion } from '../aws/own-region.ts'
import type { Database } from '../db/database.ts'

type Step = Overview['checklist'][number]

interface Facts extends Record<string, unknown> {
  accounts: number
  validated: number
  by_identity: number
  discovered: boolean
  organizations: number
}

const readFacts = async (db: Database): Promise<Facts> => {
  const { rows } = await db.execute<Facts>(sql`
    select count(*)::int as accounts, count(*) filter (where status = 'active')::int as validated,
      count(*) filter (where status = 'active' and credential_type <> 'access_key')::int as by_identity,
      exists (select from scope where last_complete is not null) as discovered,
      (select count(*)::int from organization) as organizations
    from aws_account`)
  const [facts] = rows
  if (facts === undefined) throw new Error('an aggregate answered no row')
  return facts
}

/** The overview does not wait longer for AWS; the next one asks again. */
const patience = 1_000

const later = (): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(resolve, patience, undefined).unref()
  })

/** An account that is reached through it proves it, without asking AWS. */
const identityStep = async (facts: Facts, identity: (region: string) => Promise<OwnIdentity>): Promise<Step> => {
  if (facts.by_identity > 0) return { step: 'IDENTITY', done: true, detail: null }
  const asked = ownRegion().then(identity)
  const answer = await Promise.race([asked, later()])
  if (answer === undefined) return { step: 'IDENTITY', done: false, detail: 'AWS has not answered yet.' }
  return answer.fix === null
    ? { step: 'IDENTITY', done: true, detail: answer.principalArn }
    : { step: 'IDENTITY', done: false, detail: answer.reason }
}

const ofAccounts = ({ accounts, validated }: Facts): string | null =>
  accounts === 0 ? null : `${validated} of ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`

/** What a new installation has to do, in order, and what of it is done. */
export const readChecklist = async (
  db: Database,
  identity: (region: string) => Promise<OwnIdentity>,
): Promise<Step[]> => {
  const facts = await readFacts(db)
  return [
    await identityStep(facts, identity),
    { step: 'ACCOUNT', done: facts.accounts > 0, detail: null },
    { step: 'VALIDATED', done: facts.validated > 0, detail: ofAccounts(facts) },
    { step: 'DISCOVERED', done: facts.discovered, detail: null },
    { step: 'ORGANIZATION', done: facts.organizations > 0, detail: null },
  ]
}
