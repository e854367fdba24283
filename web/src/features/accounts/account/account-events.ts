import type { AccountEvent } from '@dashboard/contract/accounts.ts'
import type { Status } from '../../../lib/status.ts'

/** Each kind of event as the screen says it. */
export const eventStatus: Record<AccountEvent['kind'], Status> = {
  ADDED: { tone: 'idle', word: 'Added' },
  JOINED: { tone: 'idle', word: 'Joined from its organization' },
  ENROLLED: { tone: 'idle', word: 'Connected by itself' },
  CONNECTED: { tone: 'ok', word: 'Connected' },
  DEGRADED: { tone: 'warn', word: 'Degraded' },
  ACCESS_LOST: { tone: 'bad', word: 'Lost access' },
  ACCESS_REGAINED: { tone: 'ok', word: 'Access is back' },
  PERMISSIONS_LOST: { tone: 'warn', word: 'Lost permissions', shape: 'denied' },
  PERMISSIONS_GAINED: { tone: 'ok', word: 'Gained permissions' },
  EXPOSED: { tone: 'bad', word: 'Exposed' },
  NO_LONGER_EXPOSED: { tone: 'ok', word: 'No longer exposed' },
  ACCESS_CHANGED: { tone: 'idle', word: 'Access changed' },
  PAUSED: { tone: 'idle', word: 'Paused', shape: 'held' },
  RESUMED: { tone: 'ok', word: 'Resumed' },
  RETIRED: { tone: 'idle', word: 'Retired', shape: 'off' },
}
