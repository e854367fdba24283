import { findNpm } from './find-npm.mjs'
import { nodeIsAvailable, wantedMajor } from './find-node.mjs'
import { findPython } from './find-python.mjs'
import { Problem } from './problem.mjs'

const install = (debian, fedora, mac) =>
  `    Debian, Ubuntu:  ${debian}\n    Fedora:          ${fedora}\n    macOS:           ${mac}`

const npmMissing = `npm is missing.\n${install('apt-get install npm', 'dnf install nodejs-npm', 'brew install node')}`

const nodeMissing = `Node ${wantedMajor} is needed, this is ${process.versions.node}, and no Node for this system comes with the packages.\n${install(
  `from nodejs.org, or your version manager: nvm install ${wantedMajor}`,
  `dnf install nodejs${wantedMajor}`,
  `brew install node@${wantedMajor}`,
)}`

const pythonMissing = (seen) =>
  `Python 3.10 or newer with venv is missing${seen.length ? ` (${seen.join(', ')})` : ''}.\n${install(
    'apt-get install python3 python3-venv',
    'dnf install python3',
    'brew install python@3.13',
  )}`

/**
 * Looks for everything that will be needed, and names all that is missing at once, before anything is installed.
 * @throws Problem
 */
export const checkRequirements = ({ packages, python }) => {
  const missing = []
  const npm = packages ? findNpm() : undefined
  if (packages && !npm) missing.push(npmMissing)
  if (!nodeIsAvailable()) missing.push(nodeMissing)
  const search = python ? findPython() : { seen: [] }
  if (python && !search.python) missing.push(pythonMissing(search.seen))
  if (missing.length > 0) throw new Problem(`Before this can run:\n\n  ${missing.join('\n\n  ')}`)
  return { npm, python: search.python }
}
