/**
 * `npm run test:mutation`: changes the vault, the ledger and the tombstones in every small way Stryker knows, in a copy of
 * this checkout, and counts the changes that no test notices. Its last line is `RESULT {…}`.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { areaNames, areas, type AreaName } from './areas.ts'
import { makeScratchCopy } from './scratch-copy.ts'
import { scoreOf, survivorsOf, tableOf } from './scores.ts'
import { runStryker } from './stryker.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const chosenAreas = (): readonly AreaName[] => {
  const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
  if (only === undefined) return areaNames
  const area = areaNames.find((name) => name === only)
  if (area === undefined) throw new Error(`--only takes one of ${areaNames.join(', ')}.`)
  return [area]
}

const runAreas = async (
  names: readonly AreaName[],
  signal: AbortSignal,
): Promise<Partial<Record<AreaName, number>>> => {
  const scores: Partial<Record<AreaName, number>> = {}
  const { folder, remove } = await makeScratchCopy(root)
  try {
    for (const name of names) {
      console.log(`\n${name}: mutating a copy in ${folder}`)
      const report = await runStryker(folder, name, signal)
      scores[name] = scoreOf(Object.values(report.files).flatMap(({ mutants }) => mutants)).score
      console.log(`\nUnnoticed:\n${survivorsOf(report).join('\n')}\n\n${tableOf(name, report)}`)
    }
    return scores
  } finally {
    await remove()
  }
}

const main = async (): Promise<void> => {
  const names = chosenAreas()
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort())
  const scores = await runAreas(names, stop.signal)
  const thresholds = Object.fromEntries(names.map((name) => [name, areas[name].threshold]))
  const ok = names.every((name) => (scores[name] ?? 0) >= areas[name].threshold)
  console.log(`\nRESULT ${JSON.stringify({ ...scores, thresholds, ok })}`)
  process.exitCode = ok ? 0 : 1
}

await main().catch((error: unknown) => {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
