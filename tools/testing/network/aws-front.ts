import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AwsError } from '../../aws-gateway/aws-error.ts'
import { type Call, callOf } from '../../aws-gateway/call.ts'
import { renderError } from '../../aws-gateway/render-error.ts'
import { readWireRequest } from '../../aws-gateway/wire.ts'
import { forward } from './forward.ts'

/** What is answered in AWS's place; `cut` breaks the connection; undefined passes the call on. */
export type FrontAnswer = AwsError | { xml: string } | 'cut' | undefined

export interface AwsFront {
  endpoint: string
  /** From the next call on. */
  answerBy(answer: (call: Call) => FrontAnswer): void
  close(): Promise<void>
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/'

/** Who STS says the caller is. */
export const callerIdentity = (accountId: string, arn: string): FrontAnswer => ({
  xml: `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId><Account>${accountId}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
})

const write = (response: ServerResponse, call: Call, answer: AwsError | { xml: string }): void => {
  if ('xml' in answer) {
    response.writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': call.requestId }).end(answer.xml)
    return
  }
  const { status, headers, body } = renderError(call, answer)
  response.writeHead(status, headers.flat()).end(body)
}

/** In front of the gateway, for what the gateway itself never answers; its errors have the shape of their protocol. */
export const startAwsFront = async (endpoint: string): Promise<AwsFront> => {
  let answerOf: (call: Call) => FrontAnswer = () => undefined
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = callOf(await readWireRequest(incoming))
    const answer = answerOf(call)
    if (answer === undefined) forward(endpoint, incoming, response, call.request.body)
    else if (answer === 'cut') response.destroy()
    else write(response, call, answer)
  }
  const server = createServer((incoming, response) => void serve(incoming, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerBy: (answer) => {
      answerOf = answer
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
