import { expect, it } from 'vitest'
import { isInScope } from './is-in-scope.ts'

const account = { accountId: '111111111111', name: 'payments-prod', regions: ['eu-west-1', 'us-east-1'] }

it('An account shows when it is chosen by id or name and has a chosen region', () => {
  expect(isInScope(account, {})).toBe(true)
  expect(isInScope(account, { account: ['111111111111'] })).toBe(true)
  expect(isInScope(account, { account: ['payments-prod'], region: ['us-east-1'] })).toBe(true)
  expect(isInScope(account, { account: ['222222222222'] })).toBe(false)
  expect(isInScope(account, { region: ['eu-central-1'] })).toBe(false)
  expect(isInScope(account, { region: ['eu-central-1', 'global'] })).toBe(true)
})
