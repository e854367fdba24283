import { type ConditionContext, evaluateCondition, isRecord, listOf, matchesPattern } from './policy-condition.ts'

/** Who asks, as a Principal element can name them. */
export interface TrustedCaller {
  accountId: string
  /** A user's ARN, or a session's `arn:aws:sts::…:assumed-role/…`. */
  arn: string
  /** For a session the ARN of its role, else the same as `arn`. */
  principalArn: string
}

export type TrustDecision = 'allowed' | 'explicit-deny' | 'implicit-deny'

/**
 * Evaluates a role's trust policy as IAM does: an explicit Deny wins, then an Allow, else nothing is allowed.
 * What cannot be judged (an operator we do not know) never allows and always denies.
 */
export function evaluateTrustPolicy(
  policy: unknown,
  caller: TrustedCaller,
  action: string,
  context: ConditionContext,
): TrustDecision {
  const statements = statementsOf(policy)
  const applying = (effect: string, unknownApplies: boolean) =>
    statements.some(
      (statement) => statement['Effect'] === effect && applies(statement, caller, action, context, unknownApplies),
    )
  if (applying('Deny', true)) return 'explicit-deny'
  return applying('Allow', false) ? 'allowed' : 'implicit-deny'
}

function statementsOf(policy: unknown): Record<string, unknown>[] {
  if (!isRecord(policy)) return []
  const statement = policy['Statement']
  return (Array.isArray(statement) ? statement : [statement]).filter(isRecord)
}

function applies(
  statement: Record<string, unknown>,
  caller: TrustedCaller,
  action: string,
  context: ConditionContext,
  unknownApplies: boolean,
): boolean {
  if (!namesAction(statement, action) || !namesCaller(statement, caller)) return false
  const truth = evaluateCondition(statement['Condition'], context)
  return truth === 'met' || (truth === 'unknown' && unknownApplies)
}

function namesAction(statement: Record<string, unknown>, action: string): boolean {
  const matches = (patterns: unknown) =>
    listOf(patterns).some((pattern) => matchesPattern(action.toLowerCase(), pattern.toLowerCase()))
  return statement['NotAction'] === undefined ? matches(statement['Action']) : !matches(statement['NotAction'])
}

function namesCaller(statement: Record<string, unknown>, caller: TrustedCaller): boolean {
  const excluded = statement['NotPrincipal']
  return excluded === undefined ? isNamed(statement['Principal'], caller) : !isNamed(excluded, caller)
}

/** Services and identity providers are principals of other calls; here only `AWS` and `*` can name the caller. */
function isNamed(principal: unknown, caller: TrustedCaller): boolean {
  const names = isRecord(principal) ? listOf(principal['AWS']) : listOf(principal)
  const accountRoot = new RegExp(`^(arn:aws[\\w-]*:iam::)?${caller.accountId}(:root)?$`)
  return names.some(
    (name) => name === '*' || name === caller.arn || name === caller.principalArn || accountRoot.test(name),
  )
}
