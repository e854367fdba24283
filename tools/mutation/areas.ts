export interface Area {
  /** What is mutated. */
  mutate: readonly string[]
  /** What must notice, the quickest first: a mutant is done for with the first test that fails. */
  tests: readonly string[]
  /** Least score, in percent: what was reached, rounded down to five. */
  threshold: number
}

const discovery = (...names: string[]): string[] => names.map((name) => `server/src/discovery/${name}.ts`)

const ledger = (...names: string[]): string[] => names.map((name) => `tools/integration/ledger/${name}.test.ts`)

/** The parts whose mistakes cost secrets, or show what is not there. */
export const areas = {
  vault: {
    mutate: ['server/src/vault/*.ts', '!server/src/vault/*.test.ts'],
    tests: [
      'server/src/vault/seal.test.ts',
      'server/src/vault/key-directory.test.ts',
      'server/src/vault/wiping.test.ts',
      'server/src/vault/envelope.test.ts',
      'tools/integration/vault.test.ts',
    ],
    threshold: 95,
  },
  ledger: {
    mutate: discovery('queue', 'closing', 'store', 'ledger', 'scan-claim', 'cadence', 'scopes'),
    tests: [
      'server/src/discovery/cadence.test.ts',
      'tools/integration/store.test.ts',
      ...ledger('closing', 'stored', 'scopes', 'scan-claim'),
    ],
    threshold: 90,
  },
  tombstones: {
    mutate: discovery('disappearance'),
    tests: ['tools/integration/store.test.ts', ...ledger('closing')],
    threshold: 95,
  },
} as const satisfies Record<string, Area>

export type AreaName = keyof typeof areas

export const areaNames = Object.keys(areas) as AreaName[]
