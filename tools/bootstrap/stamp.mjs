import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const hashOf = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part).update('\0')
  return hash.digest('hex')
}

const skipped = new Set(['node_modules', 'dist', 'coverage'])
const isTest = /\.test\.tsx?$/

/** Every file below a folder by name and content, tests and what is made from it apart. */
export const hashOfFolder = (folder) => {
  const hash = createHash('sha256')
  const visit = (path, name) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (skipped.has(entry.name) || isTest.test(entry.name)) continue
      if (entry.isDirectory()) visit(join(path, entry.name), `${name}/${entry.name}`)
      else
        hash
          .update(`${name}/${entry.name}\0`)
          .update(readFileSync(join(path, entry.name)))
          .update('\0')
    }
  }
  visit(folder, '')
  return hash.digest('hex')
}

export const readText = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** A stamp says that something was made from exactly these inputs; it is written last. */
export const isStamped = (path, hash) => readText(path)?.trim() === hash

export const writeStamp = (path, hash) => writeFileSync(path, `${hash}\n`)
