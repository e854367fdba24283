import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateTrustPolicy, type TrustedCaller } from './trust-policy.ts'

const user: TrustedCaller = {
  accountId: '210987654321',
  arn: 'arn:aws:iam::210987654321:user/alice',
  principalArn: 'arn:aws:iam::210987654321:user/alice',
}
const session: TrustedCaller = {
  accountId: '210987654321',
  arn: 'arn:aws:sts::210987654321:assumed-role/reader/s1',
  principalArn: 'arn:aws:iam::210987654321:role/reader',
}

const allow = (principal: unknown, condition?: unknown) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(condition ? { Condition: condition } : {}),
})
const deny = (principal: unknown, condition?: unknown) => ({ ...allow(principal, condition), Effect: 'Deny' })
const decide = (statement: unknown, caller = user, context = {}) =>
  evaluateTrustPolicy({ Statement: statement }, caller, 'sts:AssumeRole', context)

describe('A trust policy', () => {
  it.each([
    ['everyone', '*', user],
    ['everyone, written as AWS', { AWS: '*' }, user],
    ['the account by its root ARN', { AWS: 'arn:aws:iam::210987654321:root' }, user],
    ['the account by its number', { AWS: '210987654321' }, session],
    ['the user', { AWS: ['arn:aws:iam::1:user/x', user.arn] }, user],
    ['the role of a session', { AWS: session.principalArn }, session],
    ['exactly one session', { AWS: session.arn }, session],
  ])('lets in a caller when it names %s', (_what, principal, caller) => {
    expect(decide(allow(principal), caller)).toBe('allowed')
  })

  it.each([
    ['another account', { AWS: 'arn:aws:iam::999999999999:root' }],
    ['another user', { AWS: 'arn:aws:iam::210987654321:user/alic' }],
    ['a user by a wildcard, which IAM does not know here', { AWS: 'arn:aws:iam::210987654321:user/*' }],
    ['a service', { Service: 'lambda.amazonaws.com' }],
    ['nobody', undefined],
  ])('refuses a caller when it names %s', (_what, principal) => {
    expect(decide(allow(principal))).toBe('implicit-deny')
  })

  it('refuses every other action', () => {
    expect(decide({ ...allow('*'), Action: 'sts:TagSession' })).toBe('implicit-deny')
    expect(decide({ ...allow('*'), Action: 'sts:Assume*' })).toBe('allowed')
  })

  it('demands the right ExternalId, in the right case, and not a missing one', () => {
    const statement = allow('*', { StringEquals: { 'sts:ExternalId': ['one', 'two'] } })
    expect(decide(statement, user, { 'sts:externalid': 'two' })).toBe('allowed')
    expect(decide(statement, user, { 'sts:externalid': 'TWO' })).toBe('implicit-deny')
    expect(decide(statement, user, {})).toBe('implicit-deny')
  })

  it.each([
    ['StringLike', { 'aws:PrincipalArn': 'arn:aws:iam::*:user/al?ce' }, 'allowed'],
    ['StringNotEquals', { 'aws:PrincipalArn': 'arn:aws:iam::210987654321:user/alice' }, 'implicit-deny'],
    ['StringNotEquals', { 'sts:ExternalId': 'absent facts differ from everything' }, 'allowed'],
    ['ForAnyValue:StringEquals', { 'aws:PrincipalOrgPaths': ['a', 'b'] }, 'allowed'],
    ['ForAnyValue:StringNotEquals', { 'sts:ExternalId': 'no value, so not any' }, 'implicit-deny'],
    ['ForAllValues:StringEquals', { 'aws:PrincipalOrgPaths': 'b' }, 'implicit-deny'],
    ['StringEqualsIfExists', { 'sts:ExternalId': 'anything' }, 'allowed'],
    ['Null', { 'sts:ExternalId': 'true' }, 'allowed'],
    ['Null', { 'sts:ExternalId': 'false' }, 'implicit-deny'],
    ['NumericLessThan', { 'aws:PrincipalArn': '3' }, 'implicit-deny'],
  ])('judges %s %j as %s', (operator, keys, decision) => {
    const context = { 'aws:principalarn': user.principalArn, 'aws:principalorgpaths': ['b', 'c'] }
    expect(decide(allow('*', { [operator]: keys }), user, context)).toBe(decision)
  })

  it('denies on a condition it cannot judge', () => {
    expect(decide([allow('*'), deny('*', { NumericLessThan: { 'x:y': '3' } })])).toBe('explicit-deny')
  })

  it('spares whom a NotPrincipal excludes', () => {
    const { Principal: _, ...rest } = deny('*')
    expect(decide([allow('*'), { ...rest, NotPrincipal: { AWS: user.arn } }])).toBe('allowed')
    expect(decide([allow('*'), { ...rest, NotPrincipal: { AWS: user.arn } }], session)).toBe('explicit-deny')
  })

  const principal = fc.constantFrom(
    '*',
    { AWS: user.arn },
    { AWS: '210987654321' },
    { AWS: '999999999999' },
    { Service: 'ec2.amazonaws.com' },
  )
  const condition = fc.option(fc.record({ StringEquals: fc.record({ 'sts:ExternalId': fc.constantFrom('a', 'b') }) }), {
    nil: undefined,
  })
  const statement = fc
    .tuple(fc.boolean(), principal, condition)
    .map(([allows, who, when]) => (allows ? allow(who, when) : deny(who, when)))
  const statements = fc.array(statement, { maxLength: 6 })
  const context = fc.constantFrom({}, { 'sts:externalid': 'a' }, { 'sts:externalid': 'c' })

  it('decides the same whatever the order of its statements', () => {
    fc.assert(
      fc.property(statements, context, (list, facts) => {
        expect(decide(list.toReversed(), user, facts)).toBe(decide(list, user, facts))
      }),
    )
  })

  it('never allows more by an added Deny, and always refuses once everyone is denied', () => {
    fc.assert(
      fc.property(statements, statement, context, (list, extra, facts) => {
        const after = decide([...list, { ...extra, Effect: 'Deny' }], user, facts)
        expect([decide(list, user, facts), 'explicit-deny']).toContain(after)
        expect(decide([...list, deny('*')], user, facts)).toBe('explicit-deny')
      }),
    )
  })
})
