import { readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { runTool } from './run-tool.mjs'
import { hashOf, hashOfFolder, isStamped, writeStamp } from './stamp.mjs'

const stamp = inRoot('web', 'dist', '.bootstrap-stamp')

const wanted = () =>
  hashOf(
    hashOfFolder(inRoot('web')),
    hashOfFolder(inRoot('contract', 'src')),
    readFileSync(inRoot('package-lock.json')),
  )

export const webIsReady = () => isStamped(stamp, wanted())

export const buildWeb = async (node) => {
  const hash = wanted()
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  // A test runner's NODE_ENV would bundle React's development build.
  const env = { ...process.env, NODE_ENV: 'production' }
  await runTool('Building the web application', node, [vite, 'build', '--logLevel', 'warn'], {
    cwd: inRoot('web'),
    env,
  })
  writeStamp(stamp, hash)
}
