import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import type { TestSpecification } from 'vitest/node'
import { areas, type AreaName } from './areas.ts'
import { areaVariable } from './stryker.ts'

const { tests } = areas[process.env[areaVariable] as AreaName]

/** As listed. */
class Sequencer {
  shard(files: TestSpecification[]) {
    return Promise.resolve(files)
  }
  sort(files: TestSpecification[]) {
    const place = ({ moduleId }: TestSpecification) => tests.findIndex((test) => moduleId.endsWith(test))
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)))
  }
}

// vitest demands a default export here.
export default defineConfig({
  // Each mutant fails a test; its database is no evidence to keep.
  resolve: {
    alias: [
      { find: /^.*\/note-failures\.ts$/, replacement: fileURLToPath(new URL('no-failures.ts', import.meta.url)) },
    ],
  },
  test: {
    globalSetup: ['tools/testing/global-setup.ts'],
    include: [...tests],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    sequence: { sequencer: Sequencer },
  },
})
