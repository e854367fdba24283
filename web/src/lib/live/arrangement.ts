type KeyOf<Row> = (row: Row) => string

/** How many rows came, went or stand elsewhere. What only moved because others came or went does not count. */
export const changesBetween = <Row>(held: readonly Row[], newest: readonly Row[], keyOf: KeyOf<Row>): number => {
  const [before, after] = [held.map(keyOf), newest.map(keyOf)]
  const [had, has] = [new Set(before), new Set(after)]
  const kept = before.filter((key) => has.has(key))
  const known = after.filter((key) => had.has(key))
  const moved = kept.filter((key, index) => key !== known[index]).length
  return before.length - kept.length + after.length - known.length + moved
}

/** The held rows in their order, each as it is now; those that went stay as they were, and new ones wait. */
export const renewed = <Row>(held: readonly Row[], newest: readonly Row[], keyOf: KeyOf<Row>): Row[] => {
  const byKey = new Map(newest.map((row) => [keyOf(row), row]))
  return held.map((row) => byKey.get(keyOf(row)) ?? row)
}
