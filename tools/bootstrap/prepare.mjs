import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import { commands } from './commands.mjs'
import { findNode } from './find-node.mjs'
import { withLock } from './lock.mjs'
import { installPackages, packagesAreReady } from './packages.mjs'
import { inRoot } from './paths.mjs'
import { Problem } from './problem.mjs'
import { installPython, pythonIsReady, readyPython } from './python-packages.mjs'
import { checkRequirements } from './requirements.mjs'
import { buildWeb, webIsReady } from './web-bundle.mjs'

const neededBy = (command) => ({
  packages: !packagesAreReady(),
  python: command.python === true && !pythonIsReady(),
})

/** Installs what is missing; the two installers only wait for the network, so they run side by side. */
const install = async (command) => {
  // Another set-up may have done it all while this one waited for the lock.
  const needed = neededBy(command)
  const found = checkRequirements(needed)
  const [, python] = await Promise.all([
    needed.packages ? installPackages(found.npm) : undefined,
    needed.python ? installPython(found.python) : readyPython(),
  ])
  const node = findNode()
  if (command.web && !webIsReady()) await buildWeb(node)
  return { node, python }
}

const isReady = (command) => {
  const { packages, python } = neededBy(command)
  return !packages && !python && (!command.web || webIsReady())
}

/** Makes the machine ready for a command. @returns what to run, and with which environment. */
export const prepare = async (name) => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw new Problem(`Usage: npm run ${Object.keys(commands).join('|')}`)
  const target = inRoot(command.target)
  if (!existsSync(target))
    throw new Problem(`\`npm run ${name}\` is not part of this version: there is no ${command.target}.`)
  checkRequirements(neededBy(command))
  const ready = isReady(command) ? { node: findNode(), python: readyPython() } : await withLock(() => install(command))
  const { node, python } = ready
  return {
    node,
    target,
    environment: {
      ...process.env,
      PATH: [inRoot('node_modules', '.bin'), process.env.PATH].join(delimiter),
      // Tells the gateway's launcher which Python has its packages.
      ...(command.python && python ? { GATEWAY_PYTHON: python } : {}),
    },
  }
}
