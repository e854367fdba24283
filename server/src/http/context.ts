import type { Origin } from '../auth/auth.ts'
import type { Principal } from '../auth/access-tokens.ts'

/** What the edge knows of a request before any handler runs. */
export interface RequestContext {
  requestId: string
  from: Origin
  /** Present on every route but the public ones. */
  principal: Principal | undefined
  /** For answers that last: throws once the token or its session has ended. */
  verifyAgain(): Promise<void>
  /** Called once the answer has ended, however it ended. */
  whenAnswered(callback: () => void): void
  refreshCookie: string | undefined
  setRefreshCookie(token: string): void
  clearRefreshCookie(): void
  setRetryAfter(seconds: number): void
  /** Names the operation for logs and metrics: a path would have one label per id. */
  setOperation(operation: string): void
}
