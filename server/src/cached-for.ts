/**
 * The same answer for `ms` to everybody who asks, and one computation for all who ask while it runs. A failure is not
 * kept. For figures that many browsers ask for at once and that may be a moment old.
 */
export const cachedFor = <Value>(ms: number, compute: () => Promise<Value>): (() => Promise<Value>) => {
  let held: { until: number; value: Promise<Value> } | undefined
  return () => {
    const now = Date.now()
    if (held !== undefined && held.until > now) return held.value
    const entry = { until: Number.MAX_SAFE_INTEGER, value: compute() }
    held = entry
    entry.value.then(
      () => (entry.until = Date.now() + ms),
      () => (entry.until = 0),
    )
    return entry.value
  }
}
