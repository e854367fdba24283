import { variables, type Variable } from './variables.ts'

const wrap = (text: string, width: number): string[] => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const last = lines.length - 1
    if (`${lines[last]} ${word}`.trim().length > width) lines.push(word)
    else lines[last] = `${lines[last]} ${word}`.trim()
  }
  return lines
}

/** The longest name and two spaces. */
const column = Math.max(...Object.keys(variables).map((name) => name.length)) + 2
const indent = ' '.repeat(2 + column)
const entryOf = (name: string, variable: Variable): string => {
  const value = variable.default === null ? '' : ` Default: ${variable.default}.`
  const refused = variable.refused === undefined ? '' : ` Refused: ${variable.refused}`
  const text = wrap(`${variable.says}${value}${refused}`.replaceAll('`', ''), 78)
  return text.map((line, index) => (index === 0 ? `  ${name.padEnd(column)}${line}` : `${indent}${line}`)).join('\n')
}

/** What `--help` prints. */
export const helpText = (): string =>
  [
    'AWS Integration Dashboard: npm start, or node server/src/main.ts',
    '',
    'Options',
    '  --reset-admin-password  The administrator gets a new one-time password; its sessions end.',
    '  --help                  This page.',
    '',
    'Environment variables',
    ...Object.entries(variables).map(([name, variable]) => entryOf(name, variable)),
    '',
  ].join('\n')
