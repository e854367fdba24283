import { spawnSync } from 'node:child_process'

const names = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']

// Debian ships `venv` without `ensurepip`, which is what makes a venv usable.
const probe = `
import importlib.util, json, sys
has = lambda name: importlib.util.find_spec(name) is not None
print(json.dumps({"version": list(sys.version_info[:2]), "path": sys.executable,
                  "venv": has("venv") and has("ensurepip"), "moto": has("moto")}))`

const look = (name) => {
  const { status, stdout } = spawnSync(name, ['-c', probe], { encoding: 'utf8', timeout: 20_000 })
  if (status !== 0) return undefined
  const facts = JSON.parse(stdout)
  const [major, minor] = facts.version
  return { ...facts, name, recent: major === 3 && minor >= 10, version: `${major}.${minor}` }
}

/**
 * The first Python ≥ 3.10 that can make a venv; else the first that has moto itself; else undefined with what was seen.
 * @returns {{ python?: { path: string, version: string, venv: boolean }, seen: string[] }}
 */
export const findPython = () => {
  const found = []
  for (const name of names) {
    const facts = look(name)
    if (facts?.recent && facts.venv) return { python: facts, seen: [] }
    if (facts) found.push(facts)
  }
  const python = found.find(({ recent, moto }) => recent && moto)
  const seen = found.map(
    ({ name, version, recent }) => `${name} is ${version}${recent ? ' without a working venv' : ''}`,
  )
  return { python, seen }
}
