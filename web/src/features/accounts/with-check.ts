import type { ValidationCheck } from '@dashboard/contract/accounts.ts'

/** A check that ends takes the place of the same check that started. */
export const withCheck = (checks: ValidationCheck[], check: ValidationCheck): ValidationCheck[] => {
  const index = checks.findIndex(({ id }) => id === check.id)
  return index < 0 ? [...checks, check] : checks.with(index, check)
}
