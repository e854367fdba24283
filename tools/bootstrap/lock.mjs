import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot } from './paths.mjs'
import { Problem } from './problem.mjs'
import { say } from './say.mjs'
import { readText } from './stamp.mjs'

const folder = inRoot('.cache')
const path = inRoot('.cache', 'bootstrap.lock')
/** The owner touches the file this often, so that one in another container, whose processes we cannot see, can be judged. */
const beat = 2000
const silence = 30_000

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** `<host> <time> <pid> [<pid of a tool> …]`: a killed set-up leaves its npm running, which still writes. */
const isStale = (text) => {
  const [host, , ...pids] = text.trim().split(' ')
  if (host === hostname() && !pids.map(Number).some(isAlive)) return true
  try {
    return host !== hostname() && Date.now() - statSync(path).mtimeMs > silence
  } catch {
    return false
  }
}

let own = ''

/** Says that a tool works under our lock. */
export const holdLockFor = (pid) => {
  if (!own || readText(path) !== own) return
  own = `${own} ${pid}`
  writeFileSync(path, own)
}

/** A link appears whole or not at all, and never replaces. */
const tryTake = () => {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, own)
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves a dead owner's file away. If a new owner's was taken by mistake (two came at once), it is put back. */
const removeStale = (seen) => {
  const away = `${path}.stale.${process.pid}`
  try {
    renameSync(path, away)
    if (readFileSync(away, 'utf8') !== seen) linkSync(away, path)
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error
  } finally {
    rmSync(away, { force: true })
  }
}

const take = async () => {
  let told = false
  while (!tryTake()) {
    const seen = readText(path)
    if (seen !== undefined && isStale(seen)) {
      removeStale(seen)
      continue
    }
    if (!told && seen) say(`Process ${seen.split(' ')[2]} is setting up here already; waiting for it …`)
    told = true
    await sleep(200)
  }
}

const open = () => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new Problem(
      `Set-up must write into ${inRoot()} and may not (${error.code}): run it as the user who owns the folder.`,
    )
  }
}

/** Runs `work` while no other set-up runs in this folder. */
export const withLock = async (work) => {
  open()
  own = `${hostname()} ${Date.now()} ${process.pid}`
  await take()
  const timer = setInterval(() => {
    if (readText(path) === own) utimesSync(path, new Date(), new Date())
  }, beat)
  const release = () => {
    clearInterval(timer)
    if (readText(path) === own) rmSync(path, { force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}
