import { readFile } from 'node:fs/promises'
import { errorCodes } from '@dashboard/contract/errors.ts'
import { expect, test } from 'vitest'
import { errorsPage, errorsPageCommand, errorsPagePath } from '../docs/errors.ts'

test('docs/errors.md says what the contract says', async () => {
  const page = await readFile(errorsPagePath, 'utf8')
  expect(page, `docs/errors.md is stale: run \`${errorsPageCommand}\``).toBe(errorsPage())
})

test('The page of errors has one line for each code, with its status and what to do', () => {
  const lines = errorsPage().split('\n')
  for (const [code, { status, message }] of Object.entries(errorCodes)) {
    const own = lines.filter((line) => line.startsWith(`| \`${code}\` |`))
    expect(own, code).toHaveLength(1)
    expect(own[0]).toContain(`| ${status} |`)
    expect(own[0]).toContain(message)
  }
})
