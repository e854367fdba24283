import { setTimeout as sleep } from 'node:timers/promises'
import type { IamState } from './backend-state.ts'
import type { JournalEntry } from './journal-file.ts'
import type { GatewayLog } from './log.ts'
import { type Backend, motoBackend, motoIamState } from './moto-backend.ts'
import { type MotoProcess, startMotoProcess } from './moto-process.ts'
import { required } from './required.ts'

export interface MotoStatus {
  phase: 'starting' | 'replaying' | 'ready' | 'failed'
  /** Changes made again so far, of `total`. */
  replayed: number
  total: number
}

export interface Moto {
  backend: Backend
  iam: IamState
  /** Resolves when everything of the journal is back; rejects when moto cannot start. */
  ready(): Promise<void>
  status(): MotoStatus
  close(): Promise<void>
}

interface Options {
  python: string
  log: GatewayLog
  /** The journal as it is now: also what happened since the gateway started, should moto have to come back. */
  entries(): readonly JournalEntry[]
}

/** A moto that dies at once must not spin. */
const restartDelayMs = 500

/** Keeps one moto alive: its state is the journal's, so a moto that dies is started again and replayed. */
export function superviseMoto({ python, log, entries }: Options): Moto {
  const status: MotoStatus = { phase: 'starting', replayed: 0, total: 0 }
  const address = () => current
  let closing = false
  let current = start()
  let ready = bringBack()

  async function start(delay = 0): Promise<MotoProcess> {
    await sleep(delay)
    if (closing) throw new Error('the gateway is closing')
    const moto = await startMotoProcess(python, log)
    void moto.ended.then(startAgain)
    return moto
  }

  async function replayAll(): Promise<void> {
    await current
    await replay(entries(), motoBackend(address), status, log)
  }

  /** The promise of a whole world; nobody need be listening when it fails. */
  function bringBack(): Promise<void> {
    const back = replayAll()
    back.catch((cause: unknown) => {
      if (closing) return
      status.phase = 'failed'
      log.error({ err: cause }, 'moto cannot be started')
    })
    return back
  }

  function startAgain(): void {
    if (closing) return
    status.phase = 'starting'
    log.error({}, 'moto ended by itself, starting it again')
    current = start(restartDelayMs)
    ready = bringBack()
  }

  return {
    backend: motoBackend(address),
    iam: motoIamState(address),
    ready: () => ready,
    status: () => ({ ...status }),
    async close() {
      closing = true
      const moto = await current.catch(() => undefined)
      await moto?.stop()
    },
  }
}

/** Large enough that HTTP does not count, small enough that the progress moves. */
const batchSize = 25

async function replay(
  entries: readonly JournalEntry[],
  backend: Backend,
  status: MotoStatus,
  log: GatewayLog,
): Promise<void> {
  Object.assign(status, { phase: 'replaying', replayed: 0, total: entries.length })
  for (let start = 0; start < entries.length; start += batchSize) {
    const batch = entries.slice(start, start + batchSize)
    for (const [index, answer] of (await backend.replay(batch)).entries()) {
      const { sequence, action } = required(batch[index], 'an entry for each status')
      if (answer >= 400) log.warn({ sequence, action, status: answer }, 'a change could not be replayed')
    }
    status.replayed += batch.length
  }
  status.phase = 'ready'
}
