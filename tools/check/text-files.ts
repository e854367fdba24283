import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './tool.ts'

/** Never committed; only asked where there is no git to ask. */
const ignored = new Set(['.git', 'node_modules', 'data', 'dist', '.venv', '.cache', 'coverage', 'test-results'])

const filesOnDisk = (): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !path.split(/[/\\]/).some((part) => ignored.has(part)))

const filesOfGit = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
  })
    .split('\0')
    .filter((path) => path !== '')

const listFiles = (): string[] => {
  try {
    return filesOfGit()
  } catch {
    return filesOnDisk()
  }
}

/** Every file of the repository that is text, committed or about to be. */
export const readTextFiles = (): { path: string; text: string }[] =>
  listFiles().flatMap((path) => {
    try {
      const bytes = readFileSync(join(root, path))
      return bytes.includes(0) ? [] : [{ path, text: bytes.toString('utf8') }]
    } catch {
      // Listed, but deleted since.
      return []
    }
  })
