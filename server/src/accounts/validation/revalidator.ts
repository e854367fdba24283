import { type RevalidationTools, revalidateDue } from './revalidation.ts'

export interface Revalidator {
  /** Something may be due: look now rather than at the next poll. */
  wake(): void
  /** Takes no more; what is under way is given back. */
  stop(): Promise<void>
}

const pollMs = 15_000

/** Validates accounts as they become due, until it is stopped. */
export const startRevalidator = (tools: RevalidationTools): Revalidator => {
  const abort = new AbortController()
  let woken = false
  let wakeUp: (() => void) | undefined

  const wake = (): void => {
    woken = true
    wakeUp?.()
  }
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
      setTimeout(resolve, pollMs).unref()
    })

  const loop = async (): Promise<void> => {
    while (!abort.signal.aborted) {
      woken = false
      try {
        if ((await revalidateDue(tools, abort.signal)) > 0) continue
      } catch (err) {
        tools.log.warn({ err }, 'looking for accounts to validate failed; trying again')
      }
      if (!woken) await rest()
    }
  }
  const looping = loop()

  return {
    wake,
    stop: async () => {
      abort.abort(new Error('stopping'))
      wake()
      await looping
    },
  }
}
