import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { outerPath } from './find-npm.mjs'
import { inRoot } from './paths.mjs'
import { runTool } from './say.mjs'
import { hashOf, isStamped, readText, writeStamp } from './stamp.mjs'

const stamp = inRoot('node_modules', '.bootstrap-stamp')

const wanted = () => hashOf(readText(inRoot('package-lock.json')) ?? '', process.platform, process.arch)

/** What npm wrote down about node_modules; without a file there it knows nothing. */
const installed = () => {
  const text = readText(inRoot('node_modules', '.package-lock.json'))
  return text && JSON.parse(text).packages
}

/** Whether somebody ran `npm install` by hand, so that all the lock file asks for is in place. */
const isInPlace = () => {
  const present = installed()
  if (!present) return false
  const { packages } = JSON.parse(readText(inRoot('package-lock.json')) ?? '{}')
  return Object.entries(packages ?? {}).every(([path, { optional, version }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true
    return present[path] ? present[path].version === version : optional === true
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
  await runTool('Installing packages', npm.command, [...npm.args, ...options], { cwd: inRoot(), env })
  writeStamp(stamp, wanted())
}
