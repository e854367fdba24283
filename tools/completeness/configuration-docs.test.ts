import { readFile } from 'node:fs/promises'
import { ConfigError, readConfig } from '@dashboard/server/config/config.ts'
import { helpText } from '@dashboard/server/config/help.ts'
import { type Variable, variables } from '@dashboard/server/config/variables.ts'
import { expect, test } from 'vitest'
import { configurationPage, configurationPageCommand, configurationPagePath } from '../docs/configuration.ts'

const all = Object.entries<Variable>(variables)

test('docs/configuration.md says what the code reads', async () => {
  const page = await readFile(configurationPagePath, 'utf8')
  expect(page, `docs/configuration.md is stale: run \`${configurationPageCommand}\``).toBe(configurationPage())
})

test('--help names each variable once', () => {
  const lines = helpText().split('\n')
  for (const [name] of all) expect(lines.filter((line) => line.startsWith(`  ${name} `))).toHaveLength(1)
})

test('each example is accepted, and each default is what holds without the variable', () => {
  for (const [name, { example, default: value, schema }] of all) {
    expect(schema.safeParse(example).success, name).toBe(true)
    expect(value === null || schema.safeParse(value).success, name).toBe(true)
  }
  const examples = Object.fromEntries(all.map(([name, { example }]) => [name, example]))
  // What the table says is refused together, or is a file of the machine.
  const apart = {
    ROLE: 'api',
    METRICS_PORT: '',
    AWS_USE_FIPS_ENDPOINT: '',
    AWS_USE_DUALSTACK_ENDPOINT: '',
    AWS_CA_BUNDLE: '',
  }
  expect(() => readConfig({ ...examples, ...apart })).not.toThrow()
  const defaults = Object.fromEntries(
    all.flatMap(([name, { default: value }]) => (value === null ? [] : [[name, value]])),
  )
  expect(readConfig(defaults)).toEqual(readConfig({}))
})

test('what is no number is told in words', () => {
  expect(() => readConfig({ PORT: 'abc' })).toThrow(new ConfigError('PORT: must be a whole number from 0 to 65535'))
})
