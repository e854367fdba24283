/** What a process tells of its work, to be counted here or in the process that started it. */
export interface Meter {
  /** A scope was scanned: `status` is its outcome, the others count resources. */
  scanned(facts: { status: string; seconds: number; created: number; changed: number; deleted: number }): void
  /** AWS was called once; `outcome` is SUCCEEDED or what the failure means. */
  called(facts: { service: string; outcome: string; seconds: number }): void
  /** A connection was validated, for a person or as scheduled. */
  validated(facts: { access: string; by: 'person' | 'schedule'; seconds: number }): void
}

/** One call of a meter, as data. */
export type Measured = { [Kind in keyof Meter]: { kind: Kind; facts: Parameters<Meter[Kind]>[0] } }[keyof Meter]

export const replay = (meter: Meter, measured: Measured): void => {
  switch (measured.kind) {
    case 'scanned':
      return meter.scanned(measured.facts)
    case 'called':
      return meter.called(measured.facts)
    case 'validated':
      return meter.validated(measured.facts)
  }
}

/** Tells several. */
export const both = (one: Meter, other: Meter): Meter => ({
  scanned: (facts) => [one, other].forEach((meter) => meter.scanned(facts)),
  called: (facts) => [one, other].forEach((meter) => meter.called(facts)),
  validated: (facts) => [one, other].forEach((meter) => meter.validated(facts)),
})

/** A worker makes hundreds of calls in a second: what they cost is handed on once in each. */
const everyMs = 1_000

/** Hands on what is measured, in batches. `flush` hands on the rest. */
export const relay = (send: (batch: Measured[]) => void): Meter & { flush(): void } => {
  let waiting: Measured[] = []
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length > 0) send(waiting)
    waiting = []
  }
  const take = (measured: Measured): void => {
    waiting.push(measured)
    timer ??= setTimeout(flush, everyMs)
  }
  return {
    scanned: (facts) => take({ kind: 'scanned', facts }),
    called: (facts) => take({ kind: 'called', facts }),
    validated: (facts) => take({ kind: 'validated', facts }),
    flush,
  }
}
