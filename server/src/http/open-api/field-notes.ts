import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** What the contract's comments say of a schema (under the empty name) and of its fields. */
type Notes = Map<string, string>

export interface FieldNotes {
  /** By the name of a schema, or of an operation as `accounts.list`. */
  of(name: string): Notes
  /** Of all fields of an area; where one name means several things there, it has no note. */
  inArea(area: string): Notes
}

const comment = /\/\*\*\s*([\s\S]*?)\s*\*\/\n/y
const owner = /export const (\w+) = |^ {2}(\w+): oc\b/my
const field = /[ ]{2,}(\w+): /y

const plain = (text: string): string => text.replaceAll(/\s*\n\s*\* ?/g, ' ').replace(/^\* ?/, '')

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index
  return pattern.exec(text)
}

/** Walks a source a line at a time: which constant or operation it is in, and the comment above a field. */
const notesOf = (area: string, source: string): Map<string, Notes> => {
  const found = new Map<string, Notes>()
  let [name, above] = ['', '']
  const note = (key: string): void => {
    const notes = found.get(name) ?? new Map<string, string>()
    found.set(name, notes)
    if (above !== '' && !notes.has(key)) notes.set(key, above)
  }
  for (let index = 0; index < source.length; index = source.indexOf('\n', index) + 1 || source.length) {
    const said = at(comment, source, index + (/ */.exec(source.slice(index, index + 40))?.[0].length ?? 0))
    if (said !== null) {
      above = plain(said[1] ?? '')
      index = comment.lastIndex - 1
      continue
    }
    const opened = at(owner, source, index)
    if (opened !== null) {
      name = opened[1] ?? `${area}.${opened[2]}`
      note('')
    } else {
      const key = at(field, source, index)?.[1]
      if (key !== undefined) note(key)
    }
    above = ''
  }
  return found
}

const merged = (all: Iterable<Notes>): Notes => {
  const texts = new Map<string, Set<string>>()
  for (const notes of all)
    for (const [key, text] of notes) if (key !== '') texts.set(key, (texts.get(key) ?? new Set()).add(text))
  return new Map([...texts].flatMap(([key, [text, ...others]]) => (text && others.length === 0 ? [[key, text]] : [])))
}

/**
 * Reads the comments of the contract's own source, which runs as it is: what is written there for who reads the code
 * serves who calls the API as well.
 */
export const readFieldNotes = async (areas: readonly string[]): Promise<FieldNotes> => {
  const read = async (area: string) => {
    const path = fileURLToPath(import.meta.resolve(`@dashboard/contract/${area}.ts`))
    return [area, notesOf(area, await readFile(path, 'utf8'))] as const
  }
  const byArea = new Map(await Promise.all(areas.map(read)))
  const byName = new Map([...byArea.values()].flatMap((notes) => [...notes]))
  const areaNotes = new Map([...byArea].map(([area, notes]) => [area, merged(notes.values())]))
  return {
    of: (name) => byName.get(name) ?? new Map(),
    inArea: (area) => areaNotes.get(area) ?? new Map(),
  }
}
