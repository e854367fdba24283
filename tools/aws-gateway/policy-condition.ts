/** The facts of a request by condition key, in lower case; a missing key is an absent fact. */
export type ConditionContext = Record<string, string | string[] | undefined>

/** `unknown`: an operator we cannot judge. The caller decides for the safe side. */
export type Truth = 'met' | 'unmet' | 'unknown'

type Test = (actual: string, expected: string) => boolean

const positive: Record<string, Test> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: matchesPattern,
  ArnEquals: matchesPattern,
  ArnLike: matchesPattern,
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
}

/** A negated operator is the denial of its positive one. */
const negative: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
}

/** Evaluates a Condition block: every operator and every key in it must hold. */
export function evaluateCondition(condition: unknown, context: ConditionContext): Truth {
  if (condition === undefined) return 'met'
  if (!isRecord(condition)) return 'unknown'
  const truths = Object.entries(condition).flatMap(([operator, keys]) =>
    isRecord(keys)
      ? Object.entries(keys).map(([key, values]) => evaluateOne(operator, key, listOf(values), context))
      : ['unknown' as const],
  )
  if (truths.includes('unmet')) return 'unmet'
  return truths.includes('unknown') ? 'unknown' : 'met'
}

function evaluateOne(written: string, key: string, expected: string[], context: ConditionContext): Truth {
  const { quantifier, operator, ifExists } = parseOperator(written)
  const actual = listOf(context[key.toLowerCase()])
  if (operator === 'Null')
    return truth(expected.every((value) => (value.toLowerCase() === 'true') === (actual.length === 0)))
  const negated = negative[operator]
  const test = positive[negated ?? operator]
  if (!test) return 'unknown'
  if (actual.length === 0)
    return truth(ifExists || quantifier === 'ForAllValues' || (negated !== undefined && !quantifier))
  const holds = (value: string) => expected.some((wanted) => test(value, wanted)) !== (negated !== undefined)
  return truth(quantifier === 'ForAnyValue' ? actual.some(holds) : actual.every(holds))
}

function parseOperator(written: string) {
  const quantifier = /^(ForAnyValue|ForAllValues):/.exec(written)?.[1]
  const ifExists = written.endsWith('IfExists')
  const operator = written.slice(quantifier ? quantifier.length + 1 : 0, ifExists ? -'IfExists'.length : undefined)
  return { quantifier, operator, ifExists }
}

/** IAM's wildcards: `*` any run of characters, `?` exactly one. */
export function matchesPattern(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

/** Policies write one value or a list of them; booleans and numbers count as their text. */
export function listOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function truth(holds: boolean): Truth {
  return holds ? 'met' : 'unmet'
}
