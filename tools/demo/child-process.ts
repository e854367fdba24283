import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

type Environment = Record<string, string | undefined>

const product = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))
const history = fileURLToPath(new URL('./first-start.ts', import.meta.url))

/** A child ends when this process does, even by SIGKILL: its channel closes then. */
const start = (module: string, environment: Environment): ChildProcess =>
  fork(module, [], { env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

/** The product itself, as `npm start` runs it, with other variables. */
export const startServer = (environment: Environment): ChildProcess => start(product, environment)

/** Lives through the demo's past; ends with exit code 0 when it is there. */
export const startFirstStart = (environment: Environment): ChildProcess => start(history, environment)

/** Asks it to stop and waits until it has. */
export const stopChild = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
