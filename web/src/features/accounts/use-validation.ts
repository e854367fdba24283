import type { ValidationCheck, ValidationEvent } from '@dashboard/contract/accounts.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, client } from '../../lib/api.ts'
import { problemOf, type Problem } from '../../lib/problem.ts'
import { withCheck } from './with-check.ts'

export interface ValidationState {
  phase: 'idle' | 'running' | 'done' | 'broken'
  checks: ValidationCheck[]
  /** Set once it is done. */
  result: { passed: number; failed: number; warnings: number } | null
  problem: Problem | null
}

const idle: ValidationState = { phase: 'idle', checks: [], result: null, problem: null }

const after = (state: ValidationState, event: ValidationEvent): ValidationState => {
  if (event.type === 'check') return { ...state, checks: withCheck(state.checks, event.check) }
  const { passed, failed, warnings } = event
  return { ...state, phase: 'done', result: { passed, failed, warnings } }
}

/** Runs the validation of an account and follows its checks as they finish. */
export const useValidation = (id: string) => {
  const queries = useQueryClient()
  const [state, setState] = useState(idle)
  const stop = useRef<AbortController>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const follow = async (signal: AbortSignal) => {
    for await (const event of await client.accounts.validate({ id }, { signal })) {
      setState((now) => after(now, event))
      if (event.type === 'done') queries.setQueryData(api.accounts.get.queryKey({ input: { id } }), event.account)
    }
  }
  const start = async () => {
    stop.current?.abort()
    const run = new AbortController()
    stop.current = run
    setState({ ...idle, phase: 'running' })
    try {
      await follow(run.signal)
      setState((now) =>
        now.phase === 'running'
          ? { ...now, phase: 'broken', problem: problemOf(new Error('The validation ended before its last check.')) }
          : now,
      )
    } catch (error) {
      if (!run.signal.aborted) setState((now) => ({ ...now, phase: 'broken', problem: problemOf(error) }))
    }
    void queries.invalidateQueries({ queryKey: api.accounts.key() })
    void queries.invalidateQueries({ queryKey: api.overview.key() })
  }
  return { ...state, start: () => void start() }
}

export type Validation = ReturnType<typeof useValidation>
