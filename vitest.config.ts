import { defineConfig } from 'vitest/config'

const notOurs = ['**/node_modules/**', '**/dist/**', '**/data/**', '**/.venv/**']
const longTests = ['tools/integration/**', 'tools/journeys/**']

// vitest demands a default export here.
export default defineConfig({
  test: {
    globalSetup: ['tools/testing/global-setup.ts'],
    setupFiles: ['tools/testing/note-failures.ts'],
    coverage: {
      provider: 'v8',
      include: ['{contract,catalog,server,web}/src/**/*.{ts,tsx}', 'tools/**/*.ts'],
      exclude: ['**/*.test.{ts,tsx}', 'tools/{integration,journeys,testing}/**'],
      reporter: ['text-summary', 'html'],
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{contract,catalog,server,web,tools}/**/*.test.{ts,tsx}'],
          exclude: [...notOurs, ...longTests],
          // initdb and the linter take seconds on a loaded machine.
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tools/integration/**/*.test.ts'],
          exclude: notOurs,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tools/journeys/**/*.test.ts'],
          exclude: notOurs,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // One browser and one product at a time: two would measure each other's load.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
