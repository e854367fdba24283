import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { GatewayLog } from './log.ts'

type Child = ChildProcessByStdio<Writable, Readable, Readable>

export interface MotoProcess {
  port: number
  /** Must come with every request. */
  token: string
  /** Resolves when the process has ended, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}

const Listening = z.object({ port: z.int(), movableClock: z.boolean() })

/** Starts moto under the launcher and waits until it listens; throws with Python's last words when it does not. */
export async function startMotoProcess(python: string, log: GatewayLog): Promise<MotoProcess> {
  const token = randomBytes(16).toString('hex')
  const launcher = fileURLToPath(new URL('moto_launcher.py', import.meta.url))
  const child = spawn(python, ['-u', launcher], {
    env: { ...process.env, GATEWAY_TOKEN: token, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A terminal's Ctrl-C is for us alone: Python would die of it in the middle of a request.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
  const lastWords = followErrors(child, log)
  const line = await firstLine(child, ended, lastWords)
  const { port, movableClock } = Listening.parse(JSON.parse(line))
  if (!movableClock) log.warn({}, 'the clock of the AWS gateway does not move: time-machine is missing')
  return {
    port,
    token,
    ended,
    async stop() {
      // The launcher ends when its stdin closes; that also holds when this process is killed.
      child.stdin.end()
      await ended
    },
  }
}

async function firstLine(child: Child, ended: Promise<void>, lastWords: () => string): Promise<string> {
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (cause) => reject(new Error(`${child.spawnfile} cannot be started`, { cause })))
    void ended.then(() => reject(new Error(`the moto launcher ended before it listened: ${lastWords()}`)))
  })
  failed.catch(() => undefined)
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed])
  return String(line)
}

/** Logs what Python writes to stderr; returns its last lines. */
function followErrors(child: Child, log: GatewayLog): () => string {
  const recent: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    recent.push(line)
    if (recent.length > 20) recent.shift()
    log.warn({ line }, 'moto')
  })
  return () => recent.join('\n')
}
