/** The 99th percentile of a normal distribution is so many standard deviations above its middle. */
const deviationsTo99 = 2.3263

/** Milliseconds to wait, for two chances between 0 and 1. */
export function delayOf(delay: number | { p50: number; p99: number }, first: number, second: number): number {
  if (typeof delay === 'number') return delay
  // Box and Muller: two even chances make a normal one. 1 - first is never 0.
  const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
  const deviation = Math.log(Math.max(delay.p99, delay.p50) / delay.p50) / deviationsTo99
  return delay.p50 * Math.exp(deviation * normal)
}
