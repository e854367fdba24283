import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, delimiter } from 'node:path'
import { inRoot, isWindows } from './paths.mjs'

/** npm puts our own `node_modules/.bin` first on PATH; an installation that replaces that folder must not run from it. */
export const outerPath = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(inRoot('node_modules')))
    .join(delimiter)

/** How to call npm: the one that started us, else the one on PATH. Undefined when there is none. */
export const findNpm = () => {
  const { npm_execpath: script, npm_node_execpath: node } = process.env
  if (script && node && basename(script) === 'npm-cli.js' && existsSync(script) && existsSync(node)) {
    return { command: node, args: [script] }
  }
  const command = isWindows ? 'npm.cmd' : 'npm'
  const env = { ...process.env, PATH: outerPath() }
  return spawnSync(command, ['--version'], { env, shell: isWindows }).status === 0 ? { command, args: [] } : undefined
}
