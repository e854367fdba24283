import { AwsError, awsError } from './aws-error.ts'
import type { Call } from './call.ts'
import type { WireResponse } from './wire.ts'

const titles = { 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Service Unavailable' } as const

/** A failure in AWS's words: unavailable for 503, else internal. */
export function serverError({ protocol }: Call, status: keyof typeof titles): AwsError {
  const { code, message } = awsError(status === 503 ? 'unavailable' : 'internal', protocol)
  return new AwsError(code, status, message)
}

/** What something between AWS and us answers: HTML, and no request id. */
export const proxyError = (status: keyof typeof titles): WireResponse => ({
  status,
  headers: [['content-type', 'text/html']],
  body: Buffer.from(
    `<html>\r\n<head><title>${status} ${titles[status]}</title></head>\r\n<body>\r\n<center><h1>${status} ${titles[status]}</h1></center>\r\n</body>\r\n</html>\r\n`,
  ),
})
