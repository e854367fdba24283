const minute = 60_000

/** How long after a validation the next one is due, by how it ended. */
const delays = {
  /** Often enough that a permission taken away is told the same hour, seldom enough to trouble nobody's CloudTrail. */
  works: 60 * minute,
  /** Often enough that a mended role works again within a coffee. */
  lost: 15 * minute,
  /** AWS was not reached, or our own side was away. */
  unanswered: 5 * minute,
} as const

export type ValidationEnd = keyof typeof delays

/** Up to a tenth sooner or later, so that accounts connected together drift apart. */
export const nextValidationAt = (end: ValidationEnd, now = Date.now(), random = Math.random()): Date =>
  new Date(now + delays[end] * (0.9 + 0.2 * random))
