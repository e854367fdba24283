import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

/**
 * The product itself, as `npm start` runs it, with other variables. It ends when this process does, even by SIGKILL:
 * its channel closes then.
 */
export const startServer = (environment: Record<string, string | undefined>): ChildProcess =>
  fork(main, [], { env: { ...process.env, ...environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

/** Asks it to stop and waits until it has. */
export const stopServer = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return
  server.kill('SIGTERM')
  await once(server, 'exit')
}
