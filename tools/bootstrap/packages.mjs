import { accessSync, constants, existsSync, mkdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { outerPath } from './find-npm.mjs'
import { inRoot } from './paths.mjs'
import { runTool } from './run-tool.mjs'
import { hashOf, isStamped, readText, writeStamp } from './stamp.mjs'

const stamp = inRoot('node_modules', '.bootstrap-stamp')

const wanted = () => hashOf(readText(inRoot('package-lock.json')) ?? '', process.platform, process.arch)

/** npm's own notes on what it installed. */
const notes = inRoot('node_modules', '.package-lock.json')

const installed = () => {
  const text = readText(notes)
  return text && JSON.parse(text).packages
}

/** Whether somebody ran `npm install` by hand, so that all the lock file asks for is in place. */
const isInPlace = () => {
  const present = installed()
  if (!present) return false
  const { packages } = JSON.parse(readText(inRoot('package-lock.json')) ?? '{}')
  return Object.entries(packages ?? {}).every(([path, { optional, version }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true
    if (!present[path]) return optional === true
    return present[path].version === version && existsSync(inRoot(path))
  })
}

export const packagesAreReady = () => {
  const hash = wanted()
  if (isStamped(stamp, hash)) return true
  if (!isInPlace()) return false
  try {
    writeStamp(stamp, hash)
  } catch {
    // Somebody else's folder: looking again next time is only slower.
  }
  return true
}

/** npm insists on a cache; a user without a home gets one here. */
const cacheFor = (env) => {
  try {
    mkdirSync(homedir(), { recursive: true })
    accessSync(homedir(), constants.W_OK)
    return env
  } catch {
    return { ...env, npm_config_cache: inRoot('.cache', 'npm') }
  }
}

/** Development and platform packages are needed whatever NODE_ENV or npm's own configuration leave out. */
const options = [
  'ci',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--foreground-scripts=false',
]

export const installPackages = async (npm) => {
  const env = cacheFor({ ...process.env, PATH: outerPath() })
  // An installation that is cut short must not pass for a whole one.
  for (const path of [stamp, notes]) rmSync(path, { force: true })
  await runTool('Installing packages', npm.command, [...npm.args, ...options], { cwd: inRoot(), env })
  writeStamp(stamp, wanted())
}
