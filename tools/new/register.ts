const importLine = /^import \{ (\w+)(?: as (\w+))? \} from '\.\/([^']+\/[^']+)\.ts'$/

interface Registered {
  path: string
  exported: string
  local: string
}

/** The source of `catalog.ts` with one more entry, in the order of paths. A name that is taken gets its service in front. */
export function register(source: string, path: string, exported: string): string {
  const lines = source.split('\n')
  const entries = lines.flatMap(readImport)
  const others = lines.filter((line) => !importLine.test(line))
  const list = others.findIndex((line) => line.startsWith('export const resourceTypes'))
  const end = others.indexOf(']', list)
  if (list < 0 || end < 0) throw new Error('catalog/src/catalog.ts has no list `resourceTypes` to add to.')
  const taken = entries.some(({ local }) => local === exported)
  const local = taken ? path.replace(/[/-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : exported
  const sorted = [...entries, { path, exported, local }].toSorted((a, b) => (a.path < b.path ? -1 : 1))
  return [
    ...sorted.map(importText),
    ...others.slice(0, list + 1),
    ...sorted.map((entry) => `  ${entry.local},`),
    ...others.slice(end),
  ].join('\n')
}

function readImport(line: string): Registered[] {
  const [, exported, local, path] = importLine.exec(line) ?? []
  return exported === undefined || path === undefined ? [] : [{ path, exported, local: local ?? exported }]
}

const importText = ({ path, exported, local }: Registered) =>
  `import { ${exported === local ? local : `${exported} as ${local}`} } from './${path}.ts'`
