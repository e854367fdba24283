import { spawn } from 'node:child_process'
import { holdLockFor } from './lock.mjs'
import { Problem } from './problem.mjs'
import { say } from './say.mjs'

const seconds = (since) => `${Math.round((Date.now() - since) / 1000)} s`

/** Often enough to show life, seldom enough not to fill a log. */
const tick = 5000

/**
 * Runs a tool to its end, telling every few seconds that it still works and what it said last; all it said follows if it
 * fails.
 */
export const runTool = (title, command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const begin = Date.now()
    say(`${title} …`)
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid) holdLockFor(child.pid)
    let output = ''
    const take = (chunk) => (output = (output + chunk).slice(-100_000))
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = setInterval(() => {
      const last = output.trim().split('\n').pop() ?? ''
      say(`  ${title}: ${seconds(begin)}${last ? ` – ${last.slice(0, 100)}` : ''}`)
    }, tick)
    const finish = (problem) => {
      clearInterval(timer)
      if (problem) return reject(new Problem(`${title} failed: ${problem}\n\n${output.trim()}`))
      say(`${title}: done in ${seconds(begin)}`)
      resolve(output)
    }
    child.on('error', (error) => finish(error.message))
    child.on('close', (code, signal) => finish(code === 0 ? '' : `it ended with ${signal ?? `exit code ${code}`}`))
  })
