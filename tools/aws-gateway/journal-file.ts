import { existsSync } from 'node:fs'
import { open, readFile, truncate } from 'node:fs/promises'
import { z } from 'zod'

/** One change, complete enough to make it again: same instant and same seed give the same ids and secrets. */
export const JournalEntry = z.object({
  sequence: z.int(),
  /** ISO 8601, the instant the change happens at. */
  instant: z.string(),
  seed: z.string(),
  accountId: z.string(),
  action: z.string(),
  method: z.string(),
  path: z.string(),
  query: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** base64 */
  body: z.string(),
})
export type JournalEntry = z.infer<typeof JournalEntry>

export interface JournalFile {
  /** Everything in the file, oldest first; `append` adds to it. */
  readonly entries: readonly JournalEntry[]
  /** Bytes of a half-written last line that opening cut off: 0 usually. */
  repairedBytes: number
  append(entry: JournalEntry): Promise<void>
  close(): Promise<void>
}

/**
 * Opens or makes the file, mode 0600: its seeds give away the secret keys. A last line torn by a kill was never
 * answered, so it is cut off; any other line that cannot be read throws.
 */
export async function openJournalFile(path: string): Promise<JournalFile> {
  const bytes = existsSync(path) ? await readFile(path) : Buffer.alloc(0)
  const whole = bytes.lastIndexOf(0x0a) + 1
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1)
  const entries = lines.map(parseLine)
  if (whole < bytes.length) await truncate(path, whole)
  const file = await open(path, 'a', 0o600)
  return {
    entries,
    repairedBytes: bytes.length - whole,
    async append(entry) {
      // No fsync: a killed process leaves its writes with the kernel, and this is no database.
      await file.appendFile(`${JSON.stringify(entry)}\n`)
      entries.push(entry)
    },
    close: () => file.close(),
  }
}

function parseLine(line: string, index: number): JournalEntry {
  try {
    return JournalEntry.parse(JSON.parse(line))
  } catch (cause) {
    throw new Error(`journal line ${index + 1} cannot be read`, { cause })
  }
}
