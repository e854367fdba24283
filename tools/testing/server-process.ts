import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { awsEnvironment } from '../demo/aws-environment.ts'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

export interface ServerProcess {
  child: ChildProcess
  /** Everything it printed so far. */
  printed(): string
  /** Resolves with its address once it says that it is ready; rejects when it ends before. */
  ready: Promise<string>
  exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
}

/** The product as `npm start` runs it, in a process of its own. */
export const spawnServer = (dataDir: string, env: Record<string, string> = {}): ServerProcess => {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      ...awsEnvironment(undefined, dataDir),
      PORT: '0',
      LOG_LEVEL: 'info',
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const exit = once(child, 'exit').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }))
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      text += chunk.toString()
      const address = /ready: (http:\S+)/.exec(text)?.[1]
      if (address !== undefined) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void exit.then(() => reject(new Error(`ended before it was ready:\n${text}`)))
  })
  ready.catch(() => undefined)
  return { child, printed: () => text, ready, exit }
}
