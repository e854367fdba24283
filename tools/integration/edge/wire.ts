import { request } from 'node:http'
import { connect } from 'node:net'
import { ErrorBody } from '@dashboard/contract/errors.ts'

export interface WireAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

interface Sent {
  headers?: Record<string, string | string[]>
  body?: string | Buffer
}

/** One request as written, without `fetch`'s own ideas about methods, paths and headers. */
export const send = (base: string, method: string, path: string, sent: Sent = {}): Promise<WireAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    const length = sent.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(sent.body)) }
    const outgoing = request(
      { hostname, port, method, path, agent: false, headers: { ...length, ...sent.headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(sent.body)
  })

export const json = (value: unknown, token?: string): Sent => ({
  headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  body: typeof value === 'string' ? value : JSON.stringify(value),
})

/** Bytes over a bare socket; what came back until the server closed or fell silent. */
export const sendBytes = (base: string, bytes: string | Buffer, silentMs = 700): Promise<string> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(base)
    let text = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes))
    const finish = (): void => {
      socket.destroy()
      resolve(text)
    }
    socket.setTimeout(silentMs, finish)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
    })
    socket.on('close', finish)
    socket.on('error', finish)
  })

/** The error body, when the answer has exactly the one shape and a listed code; otherwise it throws. */
export const errorOf = (answer: WireAnswer): ErrorBody => ErrorBody.strict().parse(JSON.parse(answer.text))
