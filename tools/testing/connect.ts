import type { AWSAccount, Onboarding, ValidationEvent } from '@dashboard/contract/accounts.ts'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { TestAws } from './aws.ts'
import type { Product } from './product.ts'

/** Events of a finished stream. */
export const eventsOf = <Event>(text: string): Event[] =>
  text
    .split('\n\n')
    .filter((block) => block.includes('event: message'))
    .map((block) => JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? 'null') as Event)

export const validate = async (product: Product, id: string): Promise<ValidationEvent[]> =>
  eventsOf((await product.call<string>('POST', `/aws/accounts/${id}/validate`)).body)

/** Adds a role connection, makes the role its onboarding asks for, validates it. */
export const connectByRole = async (
  product: Product,
  aws: TestAws,
  input: { accountId: string; name: string; regions: string[] },
): Promise<AWSAccount> => {
  const { body: added } = await product.call<AWSAccount>('POST', '/aws/accounts', {
    credentialType: 'iam_role',
    ...input,
  })
  const { body: onboarding } = await product.call<Onboarding>('GET', `/aws/accounts/${added.id}/onboarding`)
  await aws.putRole(input.accountId, onboarding.roleName, onboarding.trustPolicy)
  const done = (await validate(product, added.id)).at(-1)
  if (done?.type !== 'done') throw new Error(`validation broke off: ${JSON.stringify(done)}`)
  return done.account
}

/** Starts a discovery and waits until it has ended. */
export const discover = async (
  product: Product,
  selection: Record<string, unknown> = {},
  timeoutMs = 60_000,
): Promise<Job> => {
  const started = await product.call<{ jobId: string }>('POST', '/resources/discover', selection)
  if (started.status !== 202) throw new Error(`discovery refused: ${JSON.stringify(started.body)}`)
  const end = Date.now() + timeoutMs
  for (;;) {
    const { body: job } = await product.call<Job>('GET', `/jobs/${started.body.jobId}`)
    if (job.status === 'completed' || job.status === 'cancelled') return job
    if (Date.now() > end) throw new Error(`discovery not finished: ${JSON.stringify(job)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
