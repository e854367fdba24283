import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { api, client } from '../../lib/api.ts'
import { formatNumber } from '../../lib/format.ts'
import { problemOf, type Problem } from '../../lib/problem.ts'

type Answer = Awaited<ReturnType<typeof client.credentials.test>>
export type Outcome = { kind: 'running' } | { kind: 'answer'; answer: Answer } | { kind: 'problem'; problem: Problem }

/** Tests of credentials, each with its own outcome, so that two can run at once. */
export const useTest = () => {
  const queries = useQueryClient()
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({})
  const keep = (id: string, outcome: Outcome) => setOutcomes((now) => ({ ...now, [id]: outcome }))
  const run = (id: string) => {
    keep(id, { kind: 'running' })
    void client.credentials
      .test({ id })
      .then((answer) => keep(id, { kind: 'answer', answer }))
      .catch((error: unknown) => keep(id, { kind: 'problem', problem: problemOf(error) }))
      .finally(() => void queries.invalidateQueries({ queryKey: api.credentials.key() }))
  }
  return { run, outcome: (id: string) => outcomes[id], isRunning: (id: string) => outcomes[id]?.kind === 'running' }
}

export type Test = ReturnType<typeof useTest>

export const TestResult = ({ outcome }: { outcome: Outcome }) => {
  if (outcome.kind === 'running') return <StatusMark status={{ tone: 'running', word: 'Asking AWS who this is' }} />
  if (outcome.kind === 'problem') return <ErrorPanel problem={outcome.problem} what="The test could not run" />
  const { succeeded, arn, accountId, latencyMs, message, fix } = outcome.answer
  if (succeeded)
    return (
      <StatusMark
        status={{
          tone: 'ok',
          word: `AWS knows it as ${arn ?? 'unknown'} in account ${accountId ?? 'unknown'} (${formatNumber(Math.round(latencyMs))} ms)`,
        }}
      />
    )
  return (
    <>
      <StatusMark status={{ tone: 'bad', word: message ?? 'AWS does not accept it' }} />
      {fix && <FixPanel fix={fix} />}
    </>
  )
}
