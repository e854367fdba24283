/** Of Stryker's report, what is used: https://github.com/stryker-mutator/mutation-testing-elements, its report schema. */
export interface Report {
  files: Record<string, { mutants: Mutant[] }>
}

export interface Mutant {
  id: string
  mutatorName: string
  replacement?: string
  location: { start: { line: number; column: number } }
  status: 'Killed' | 'Survived' | 'NoCoverage' | 'Timeout' | 'CompileError' | 'RuntimeError' | 'Ignored' | 'Pending'
}

export interface Score {
  mutants: number
  killed: number
  survived: number
  noCoverage: number
  timedOut: number
  /** Percent, to one decimal: killed and timed out of all. 100 where there is nothing to kill. */
  score: number
}

/** What could not be tried (ignored, or no program any more) counts nowhere. */
export const scoreOf = (mutants: readonly Mutant[]): Score => {
  const count = (status: Mutant['status']) => mutants.filter((mutant) => mutant.status === status).length
  const [killed, survived, noCoverage, timedOut] = [
    count('Killed'),
    count('Survived'),
    count('NoCoverage'),
    count('Timeout'),
  ]
  const all = killed + survived + noCoverage + timedOut
  const score = all === 0 ? 100 : Math.floor(((killed + timedOut) / all) * 1_000) / 10
  return { mutants: all, killed, survived, noCoverage, timedOut, score }
}

const columns = ['mutants', 'killed', 'survived', 'noCoverage', 'timedOut', 'score'] as const
const headings = ['mutants', 'killed', 'survived', 'no coverage', 'timed out', 'score']

const line = (name: string, cells: readonly string[]): string =>
  name.padEnd(46) + cells.map((cell, index) => cell.padStart((headings[index]?.length ?? 0) + 3)).join('')

const row = (name: string, score: Score): string =>
  line(
    name,
    columns.map((column) => (column === 'score' ? `${score.score.toFixed(1)}%` : String(score[column]))),
  )

/** One line a file, and one for all of them. */
export const tableOf = (title: string, report: Report): string => {
  const files = Object.entries(report.files).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const all = files.flatMap(([, { mutants }]) => mutants)
  return [
    line(title, headings),
    ...files.map(([name, { mutants }]) => row(name, scoreOf(mutants))),
    row('all', scoreOf(all)),
  ].join('\n')
}

/** Where each mutant stands that no test noticed, and what it says instead. */
export const survivorsOf = (report: Report): string[] =>
  Object.entries(report.files).flatMap(([name, { mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start }, mutatorName, replacement = '' }) => {
        const instead = replacement.replaceAll(/\s+/g, ' ').slice(0, 80)
        return `${name}:${start.line}:${start.column} ${mutatorName} → ${instead}`
      }),
  )
