import { AppError } from '../errors.ts'

export interface StreamLimit {
  /** Takes a place; the answer gives it back. @throws AppError TOO_MANY_REQUESTS when there is none */
  open(sessionId: string): () => void
}

/** Streams that may be open at once: a browser needs one of events, and each holds a socket and a backlog. */
export const createStreamLimit = (most: { perSession: number; perProcess: number; of?: string }): StreamLimit => {
  const open = new Map<string, number>()
  let total = 0
  return {
    open: (sessionId) => {
      const ofSession = open.get(sessionId) ?? 0
      if (ofSession >= most.perSession || total >= most.perProcess)
        throw new AppError('TOO_MANY_REQUESTS', {
          message: `Too many ${most.of ?? 'event streams'} are open.`,
          retryAfter: 10,
        })
      open.set(sessionId, ofSession + 1)
      total += 1
      let isOpen = true
      return () => {
        if (!isOpen) return
        isOpen = false
        total -= 1
        const left = (open.get(sessionId) ?? 1) - 1
        if (left === 0) open.delete(sessionId)
        else open.set(sessionId, left)
      }
    },
  }
}
