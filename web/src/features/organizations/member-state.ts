import type { AccountPhase } from '@dashboard/contract/accounts.ts'
import type { OrganizationAccount } from '@dashboard/contract/organizations.ts'
import type { z } from 'zod'
import { accountStatus, type Status } from '../../lib/status.ts'

type Member = z.infer<typeof OrganizationAccount>

const closing: Record<Exclude<Member['state'], 'ACTIVE'>, Status> = {
  PENDING_ACTIVATION: { tone: 'idle', word: 'Being activated' },
  SUSPENDED: { tone: 'idle', word: 'Suspended', shape: 'off' },
  PENDING_CLOSURE: { tone: 'idle', word: 'Being closed', shape: 'off' },
  CLOSED: { tone: 'idle', word: 'Closed', shape: 'off' },
}

/** How a member stands: its connection, or why it can have none; null when it only waits to be connected. */
export const memberState = ({ state, connection }: Member): Status | null => {
  if (connection) return accountStatus({ phase: connection.phase as AccountPhase })
  return state === 'ACTIVE' ? null : closing[state]
}
