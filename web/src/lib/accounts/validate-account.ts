import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { client } from '../api.ts'

/** Validates an account to its end, for those who want the outcome and not each check. */
export const validateAccount = async (id: string, signal?: AbortSignal): Promise<AWSAccountSummary> => {
  for await (const event of await client.accounts.validate({ id }, signal ? { signal } : {}))
    if (event.type === 'done') return event.account
  throw new Error('The validation ended before its last check.')
}
