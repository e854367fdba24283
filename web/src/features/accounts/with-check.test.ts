import type { ValidationCheck } from '@dashboard/contract/accounts.ts'
import { describe, expect, it } from 'vitest'
import { withCheck } from './with-check.ts'

const check = (id: string, status: ValidationCheck['status']): ValidationCheck => ({
  id,
  label: id,
  status,
  detail: null,
  latencyMs: null,
  fix: null,
})

describe('the checklist of a validation', () => {
  it('keeps a check in its place when it ends', () => {
    const running = withCheck(withCheck([], check('assume-role', 'RUNNING')), check('caller-identity', 'RUNNING'))
    expect(withCheck(running, check('assume-role', 'PASSED')).map(({ id, status }) => [id, status])).toEqual([
      ['assume-role', 'PASSED'],
      ['caller-identity', 'RUNNING'],
    ])
  })
})
