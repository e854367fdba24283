import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { settleEach } from '../../lib/accounts/settle-each.ts'
import { validateAccount } from '../../lib/accounts/validate-account.ts'
import { api, client } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { notify, notifyUndo } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'

/** Work on several accounts, as it goes. */
export interface Underway {
  /** `Validating`, `Pausing`. */
  what: string
  done: number
  total: number
}

type Act = (account: AWSAccountSummary) => Promise<unknown>

const named = (accounts: readonly AWSAccountSummary[]): string =>
  accounts.length === 1 ? (accounts[0]?.name ?? '') : counted(accounts.length, 'account')

export const isPaused = ({ phase }: Pick<AWSAccountSummary, 'phase'>): boolean => phase === 'PAUSED'

/** A retired account is closed in AWS: there is nothing to hold or to ask. */
export const canPause = ({ phase }: Pick<AWSAccountSummary, 'phase'>): boolean =>
  phase !== 'PAUSED' && phase !== 'RETIRED'

/** What can be done to one account or to many at once; what can be taken back offers to be. */
export const useAccountActions = () => {
  const queries = useQueryClient()
  const [underway, setUnderway] = useState<Underway | null>(null)

  /** Gives back the accounts it was done to; those it failed for are told. */
  const each = async (what: string, accounts: readonly AWSAccountSummary[], act: Act): Promise<AWSAccountSummary[]> => {
    const total = accounts.length
    setUnderway({ what, done: 0, total })
    const failures = await settleEach(accounts, act, { onDone: (done) => setUnderway({ what, done, total }) })
    setUnderway(null)
    void queries.invalidateQueries({ queryKey: api.accounts.key() })
    void queries.invalidateQueries({ queryKey: api.overview.key() })
    const [first] = failures
    if (first) notify(`${named(failures.map(({ thing }) => thing))}: ${problemOf(first.error).message}`, 'bad')
    return accounts.filter((account) => !failures.some(({ thing }) => thing.id === account.id))
  }

  const pause = async (accounts: readonly AWSAccountSummary[]) => {
    const done = await each('Pausing', accounts.filter(canPause), ({ id }) => client.accounts.pause({ id }))
    if (done.length) notifyUndo(`Paused ${named(done)}`, () => void resumed(done))
  }
  const resume = async (accounts: readonly AWSAccountSummary[]) => {
    const done = await resumed(accounts.filter(isPaused))
    if (done.length) notifyUndo(`Resumed ${named(done)}`, () => void paused(done))
  }
  const paused = (accounts: readonly AWSAccountSummary[]) =>
    each('Pausing', accounts, ({ id }) => client.accounts.pause({ id }))
  const resumed = (accounts: readonly AWSAccountSummary[]) =>
    each('Resuming', accounts, ({ id }) => client.accounts.resume({ id }))
  const validate = async (accounts: readonly AWSAccountSummary[]) => {
    const outcomes: AWSAccountSummary[] = []
    await each('Validating', accounts.filter(canPause), async ({ id }) => outcomes.push(await validateAccount(id)))
    const working = outcomes.filter(({ status }) => status === 'active').length
    if (outcomes.length) notify(`Validated ${counted(outcomes.length, 'account')}: ${working} can be read`)
  }
  const setEnvironment = async (accounts: readonly AWSAccountSummary[], environment: string | null) => {
    const done = await each('Changing', accounts, ({ id }) => client.accounts.update({ id, environment }))
    const back: Act = ({ id, environment: before, environmentSource }) =>
      client.accounts.update({ id, environment: environmentSource === 'account' ? before : null })
    const text = environment === null ? `No environment is set on ${named(done)}` : `${named(done)}: ${environment}`
    if (done.length) notifyUndo(text, () => void each('Changing', done, back))
  }
  return { underway, pause, resume, validate, setEnvironment }
}

export type AccountActions = ReturnType<typeof useAccountActions>
