import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const linuxFacts = async (pid: number) => {
  const [stat, commandLine] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ])
  // The second field is the name in brackets, which may itself hold brackets and blanks.
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  return { zombie: state === 'Z' || state === 'X', commandLine: commandLine.replaceAll('\0', ' ') }
}

const psFacts = async (pid: number) => {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,command=', '-p', String(pid)])
  const [, state = '', commandLine = ''] = /^\s*(\S+)\s+(.*)/s.exec(stdout) ?? []
  return { zombie: state.startsWith('Z'), commandLine }
}

/** The command line of a living process. A dead one that its parent has not reaped yet counts as dead. */
export const commandLineOf = async (pid: number): Promise<string | undefined> => {
  try {
    const facts = await (process.platform === 'linux' ? linuxFacts(pid) : psFacts(pid))
    return facts.zombie ? undefined : facts.commandLine
  } catch {
    return undefined
  }
}

export const isRunning = async (pid: number): Promise<boolean> => (await commandLineOf(pid)) !== undefined
