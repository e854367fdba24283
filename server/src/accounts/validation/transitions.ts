import type { NewAccountEvent } from '../account-events.ts'
import type { AccountRow } from '../present.ts'
import { permissionDrift } from './permissions.ts'

type Told = Omit<NewAccountEvent, 'connectionId' | 'actor'>

const ofPhase = (before: AccountRow, after: AccountRow): Told[] => {
  if (before.phase === after.phase) return []
  if (after.phase === 'LOST_ACCESS') return [{ kind: 'ACCESS_LOST', detail: after.lastError }]
  const regained: Told[] = before.status === 'error' ? [{ kind: 'ACCESS_REGAINED' }] : []
  if (after.phase === 'DEGRADED') return [...regained, { kind: 'DEGRADED', detail: after.lastError }]
  if (after.phase !== 'CONNECTED') return []
  return regained.length > 0 ? regained : [{ kind: 'CONNECTED' }]
}

const ofExposure = (before: AccountRow, after: AccountRow): Told[] =>
  before.exposed === after.exposed ? [] : [{ kind: after.exposed ? 'EXPOSED' : 'NO_LONGER_EXPOSED' }]

const ofPermissions = (before: AccountRow, after: AccountRow): Told[] => {
  // Without access nothing was probed; what is lost is the access.
  if (after.status !== 'active') return []
  const { lost, gained } = permissionDrift(before.permissions, after.permissions)
  return [
    ...(lost.length === 0 ? [] : [{ kind: 'PERMISSIONS_LOST' as const, permissions: lost }]),
    ...(gained.length === 0 ? [] : [{ kind: 'PERMISSIONS_GAINED' as const, permissions: gained }]),
  ]
}

/** What happened to a connection between two states of it, in the order in which it is told. */
export const transitionsOf = (before: AccountRow, after: AccountRow, actor: string): NewAccountEvent[] =>
  [...ofPhase(before, after), ...ofExposure(before, after), ...ofPermissions(before, after)].map((told) => ({
    connectionId: after.id,
    actor,
    ...told,
  }))
