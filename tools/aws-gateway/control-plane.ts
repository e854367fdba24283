import { z } from 'zod'
import type { Churn, ChurnRequest } from '../estates/churn.ts'
import type { Faults, FaultsInput } from './faults.ts'
import { header, type WireRequest, type WireResponse } from './wire.ts'

interface Controls {
  status(): object
  faults(): Faults
  setFaults(faults: FaultsInput): void
  /** Of an estate only. */
  churn: ((request: ChurnRequest) => Churn) | undefined
}

const count = z.int().min(0).max(100_000).optional()
const ChurnBody = z.strictObject({ seed: z.string(), add: count, remove: count, change: count })

/** Answers `/_gateway/status`, `/_gateway/faults` (GET, PUT) and `/_gateway/churn` (POST); undefined for every other path. */
export function controlPlane(controls: Controls): (request: WireRequest) => WireResponse | undefined {
  return (request) => {
    if (!request.path.startsWith('/_gateway/')) return undefined
    // A web page in the user's browser can reach 127.0.0.1, but never without saying where it comes from.
    if (header(request.headers, 'origin')) return json(403, { message: 'not for web pages' })
    return route(`${request.method} ${request.path}`, request, controls)
  }
}

function route(target: string, request: WireRequest, { status, faults, setFaults, churn }: Controls): WireResponse {
  switch (target) {
    case 'GET /_gateway/status':
      return json(200, status())
    case 'GET /_gateway/faults':
      return json(200, faults())
    case 'PUT /_gateway/faults':
      return checked(request.body, (body) => {
        // The shape is checked by setFaults.
        setFaults(body as FaultsInput)
        return faults()
      })
    case 'POST /_gateway/churn':
      if (churn === undefined) return json(404, { message: 'only an estate churns' })
      return checked(request.body, (body) => churn(ChurnBody.parse(body) as ChurnRequest))
    default:
      return json(404, { message: 'not found' })
  }
}

function checked(body: Buffer, change: (body: unknown) => object): WireResponse {
  try {
    return json(200, change(JSON.parse(body.toString())))
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : 'the body is not JSON'
    return json(400, { message })
  }
}

function json(status: number, value: unknown): WireResponse {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(value)) }
}
