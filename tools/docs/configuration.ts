import { writeFile } from 'node:fs/promises'
import { type Variable, variables } from '@dashboard/server/config/variables.ts'

/** Where the page lies. */
export const configurationPagePath = new URL('../../docs/configuration.md', import.meta.url)

/** Refreshes it. */
export const configurationPageCommand = 'node tools/docs/configuration.ts'

const introduction = `# Configuration

<!-- Written by \`${configurationPageCommand}\` from server/src/config/variables.ts. Do not edit it by hand. -->

The product reads environment variables, once, at its start. A blank value counts as not set. A value or a combination
that cannot be stops the start with the name of the variable. \`npm start -- --help\` prints this list.

| variable | default | what it does | refused | example |
|---|---|---|---|---|`

const outro = `Beside these, the AWS SDK reads its own (\`AWS_PROFILE\`, \`AWS_REGION\`, \`AWS_ACCESS_KEY_ID\`, …) for the identity of the
installation, and Node reads \`NODE_EXTRA_CA_CERTS\`. \`npm run demo\` takes all of the above but for \`AWS_ENDPOINT_URL\`,
and \`GATEWAY_PYTHON\`, the Python that runs the emulator.`

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`)

const rowOf = ([name, { default: value, says, refused, example }]: [string, Variable]): string =>
  `| \`${name}\` | ${value === null ? '–' : `\`${value}\``} | ${cell(says)} | ${cell(refused ?? '')} | \`${example}\` |`

/** The reference of environment variables, as Markdown. */
export const configurationPage = (): string =>
  `${[introduction, ...Object.entries<Variable>(variables).map(rowOf)].join('\n')}\n\n${outro}\n`

if (import.meta.main) await writeFile(configurationPagePath, configurationPage())
