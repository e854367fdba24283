import { spawnSync } from 'node:child_process'
import { root, tool } from './tool.ts'

/** Formats last: a repaired line may have become too long. */
const repairs: [string, ...string[]][] = [
  ['oxlint', '--fix'],
  ['oxfmt', '--write'],
]

const codes = repairs.map(([name, ...args]) => spawnSync(tool(name), args, { cwd: root, stdio: 'inherit' }).status)
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
