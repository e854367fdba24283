import { loadavg } from 'node:os'

/** One measured figure beside its target. */
export interface Figure {
  name: string
  /** In `unit`; null: it could not be measured here, and `note` says why. */
  measured: number | null
  target: number
  unit: string
  /** Whether more is better; else less is. */
  atLeast?: boolean
  /** Wall-clock time: others who use the machine make it longer, so a miss on a busy one proves nothing. */
  timing?: boolean
  note?: string
}

export const isMet = ({ measured, target, atLeast = false }: Figure): boolean =>
  measured !== null && (atLeast ? measured >= target : measured <= target)

/** The value below which the share `p` of the values lies. */
export const percentile = (values: readonly number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * p) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

/** Above this, timings are told and not judged. */
const busyAbove = 1.5

/** Before the bench itself adds to it. */
const loadAtStart = loadavg()[0] ?? 0

const verdictOf = (figure: Figure): string => {
  if (figure.measured === null) return '–'
  if (isMet(figure)) return 'met'
  return figure.timing && loadAtStart > busyAbove ? 'missed, busy' : 'MISSED'
}

const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100)

const lineOf = (figure: Figure): string[] => [
  figure.name,
  `${figure.atLeast ? '>=' : '<='} ${figure.target} ${figure.unit}`,
  figure.measured === null ? 'not measured' : `${round(figure.measured)} ${figure.unit}`,
  verdictOf(figure),
  figure.note ?? '',
]

/** Prints the figures as a table, and as JSON in a last line that starts with RESULT. Ends with 1 when one is missed that a busy machine does not explain. */
export const report = (bench: string, figures: readonly Figure[], facts: Record<string, unknown>): void => {
  const rows = [['figure', 'target', 'measured', '', ''], ...figures.map(lineOf)]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  const ok = figures.every((figure) => verdictOf(figure) !== 'MISSED')
  const shown = figures.map((figure) => ({
    ...figure,
    measured: figure.measured === null ? null : round(figure.measured),
    met: figure.measured === null ? null : isMet(figure),
    verdict: verdictOf(figure),
  }))
  console.log(
    `\nload average ${loadAtStart.toFixed(2)} before, ${loadavg()[0]?.toFixed(2)} after; ${Object.entries(facts)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ')}`,
  )
  console.log(`RESULT ${JSON.stringify({ bench, ok, load: loadAtStart, ...facts, figures: shown })}`)
  if (!ok) process.exitCode = 1
}
