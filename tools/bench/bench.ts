/** `npm run bench -- NAME [--quick]`: measures, beside something else in the same run, and says what is met. */
import { parseArgs } from 'node:util'

const benches: Record<string, () => Promise<{ run: (options: { quick: boolean }) => Promise<void> }>> = {
  ui: () => import('./ui.ts'),
  resources: () => import('./resources.ts'),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
})
const bench = benches[positionals[0] ?? '']
if (bench === undefined) {
  console.error(`Which one? npm run bench -- ${Object.keys(benches).join(' | ')} [--quick]`)
  process.exitCode = 1
} else {
  await (await bench()).run({ quick: values.quick })
  // Browsers and pools may keep idle sockets; everything has been closed that had to be.
  process.exit()
}
