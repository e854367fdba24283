import { existsSync, rmSync } from 'node:fs'
import { inRoot, isWindows } from './paths.mjs'
import { runTool } from './run-tool.mjs'
import { say } from './say.mjs'
import { hashOf, isStamped, readText, writeStamp } from './stamp.mjs'

const venv = inRoot('.venv')
const stamp = inRoot('.venv', '.bootstrap-stamp')
const venvPython = isWindows ? inRoot('.venv', 'Scripts', 'python.exe') : inRoot('.venv', 'bin', 'python')
const requirements = inRoot('tools', 'aws-gateway', 'requirements.txt')

const wanted = () => hashOf(readText(requirements) ?? '')

/** A venv points at the Python it was made from, which an upgrade of the system may have removed. */
export const pythonIsReady = () => existsSync(venvPython) && isStamped(stamp, wanted())

export const readyPython = () => (pythonIsReady() ? venvPython : undefined)

/** Makes `.venv` with the gateway's packages. Answers the Python to use. */
export const installPython = async (python) => {
  if (!python.venv) {
    say(`No venv can be made here: using ${python.path} with its own moto. The emulator's clock will not be movable.`)
    return python.path
  }
  rmSync(venv, { recursive: true, force: true })
  await runTool('Making a Python environment', python.path, ['-m', 'venv', venv])
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '-r', requirements]
  await runTool('Installing Python packages', venvPython, pip)
  writeStamp(stamp, wanted())
  return venvPython
}
