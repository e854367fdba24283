import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Estate } from '../estates/estate.ts'
import { type CachedIamState, cachedIamState } from './backend-state.ts'
import type { Handler } from './call.ts'
import { journal } from './journal.ts'
import { openJournalFile } from './journal-file.ts'
import type { GatewayLog } from './log.ts'
import { type MotoStatus, superviseMoto } from './moto.ts'
import { configuredIam, type ConfiguredRole, type ConfiguredUser } from './recording/configured-iam.ts'
import { estateBackend } from './recording/estate-backend.ts'
import { readRecording } from './recording/recording-file.ts'
import { replayBackend } from './recording/replay-backend.ts'

/** What answers the calls that the gateway's layers let through. */
export interface World {
  iam: CachedIamState
  handle: Handler
  /** Resolves when it is whole; rejects when it cannot be. */
  ready(): Promise<void>
  status(): MotoStatus
  close(): Promise<void>
}

/** moto behind the journal of its changes. Takes a Python that can import moto. */
export async function motoWorld(dataDir: string, python: string, log: GatewayLog): Promise<World> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = await openJournalFile(join(dataDir, 'journal.ndjson'))
  if (file.repairedBytes > 0) log.warn({ bytes: file.repairedBytes }, 'cut a half-written last line off the journal')
  const moto = superviseMoto({ python, log, entries: () => file.entries })
  const iam = cachedIamState(moto.iam)
  return {
    iam,
    handle: journal({ file, backend: moto.backend, changed: (call) => call.service === 'iam' && iam.forget() }),
    ready: moto.ready,
    status: moto.status,
    async close() {
      await moto.close()
      await file.close()
    },
  }
}

/** Reads alone, from a made-up estate or a recording file; users and roles are those named here. */
export interface RecordingBackend {
  kind: 'recording'
  source: { estate: Estate } | { file: string }
  roles?: readonly ConfiguredRole[]
  users?: readonly ConfiguredUser[]
}

export function recordingWorld({ source, roles = [], users = [] }: RecordingBackend): World {
  return {
    iam: cachedIamState(configuredIam(roles, users)),
    handle: 'estate' in source ? estateBackend(source.estate) : replayBackend(readRecording(source.file)),
    ready: () => Promise.resolve(),
    status: () => ({ phase: 'ready', replayed: 0, total: 0 }),
    close: () => Promise.resolve(),
  }
}
