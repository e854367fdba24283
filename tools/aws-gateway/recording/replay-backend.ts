import { awsError } from '../aws-error.ts'
import type { AuthenticatedCall, Handler } from '../call.ts'
import { canonicalInput } from './canonical-input.ts'
import type { RecordedAnswer } from './recording-file.ts'

type Question = Pick<RecordedAnswer, 'accountId' | 'region' | 'service' | 'operation' | 'input'>

const keyOf = ({ accountId, region, service, operation, input }: Question): string =>
  [accountId, region, service, operation, input].join('\n')

/** Gives the recorded answer to a call that was recorded, the last one where there are several, and knows no other. */
export function replayBackend(recording: readonly RecordedAnswer[]): Handler {
  const answers = new Map(recording.map((answer) => [keyOf(answer), { answer, body: Buffer.from(answer.body) }]))
  return async (call) => {
    const recorded = answers.get(keyOf(questionOf(call)))
    if (recorded === undefined)
      throw awsError('not-implemented', call.protocol, `This ${call.operation} was not recorded.`)
    const { answer, body } = recorded
    const id = call.protocol === 's3' ? 'x-amz-request-id' : 'x-amzn-requestid'
    return { status: answer.status, headers: [...Object.entries(answer.headers), [id, call.requestId]], body }
  }
}

const questionOf = ({ principal, region, service, operation, request }: AuthenticatedCall): Question => ({
  accountId: principal.accountId,
  region,
  service,
  operation,
  input: canonicalInput(request),
})
