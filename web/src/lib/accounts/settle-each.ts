/**
 * Does the same to many things, a few at a time, and tells how many are done after each. One that fails stops no
 * other; the failures come back with their things.
 */
export const settleEach = async <Thing>(
  things: readonly Thing[],
  act: (thing: Thing) => Promise<unknown>,
  { atOnce = 4, onDone = () => undefined }: { atOnce?: number; onDone?: (done: number) => void } = {},
): Promise<{ thing: Thing; error: unknown }[]> => {
  const failures: { thing: Thing; error: unknown }[] = []
  const waiting = [...things]
  let done = 0
  const work = async () => {
    for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) {
      try {
        await act(thing)
      } catch (error) {
        failures.push({ thing, error })
      }
      onDone(++done)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return failures
}
