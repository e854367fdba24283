import { useState, type FormEvent } from 'react'
import { formText } from '../../lib/form-text.ts'
import { problemOf, type Problem } from '../../lib/problem.ts'

/** Runs one form: reads its fields, blocks a second submit, and keeps the problem of the last one. */
export const useSubmit = (send: (field: (name: string) => string) => Promise<void>) => {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    await (async () => send((name) => formText(data, name)))().catch((error: unknown) => setProblem(problemOf(error)))
    setBusy(false)
  }
  return { submit, problem, busy, setProblem }
}
