import { readFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { z } from 'zod'

/** One answer of AWS with the question it answers. */
export const RecordedAnswer = z.strictObject({
  accountId: z.string(),
  region: z.string(),
  /** Signing name: `ec2`, `monitoring`. */
  service: z.string(),
  operation: z.string(),
  /** `canonicalInput` of the request. */
  input: z.string(),
  status: z.int(),
  /** Those a client needs: `content-type` and what it reads as part of the answer. */
  headers: z.record(z.string(), z.string()),
  /** As AWS sent it. Every protocol we speak is text. */
  body: z.string(),
})
export type RecordedAnswer = z.infer<typeof RecordedAnswer>

/** Adds an answer to a recording file: NDJSON, one answer a line. */
export const appendAnswer = (file: string, answer: RecordedAnswer): Promise<void> =>
  appendFile(file, `${JSON.stringify(answer)}\n`)

/** All answers of a recording file. @throws where a line is no answer */
export const readRecording = (file: string): RecordedAnswer[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => RecordedAnswer.parse(JSON.parse(line)))
