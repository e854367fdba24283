import { z } from 'zod'
import type { Faults, FaultsInput } from './faults.ts'
import type { GatewayStatus } from './moto.ts'
import { header, type WireRequest, type WireResponse } from './wire.ts'

interface Controls {
  status(): GatewayStatus
  faults(): Faults
  setFaults(faults: FaultsInput): void
}

/** Answers `/_gateway/status` and `/_gateway/faults` (GET, PUT); undefined for every other path. */
export function controlPlane(controls: Controls): (request: WireRequest) => WireResponse | undefined {
  return (request) => {
    if (!request.path.startsWith('/_gateway/')) return undefined
    // A web page in the user's browser can reach 127.0.0.1, but never without saying where it comes from.
    if (header(request.headers, 'origin')) return json(403, { message: 'not for web pages' })
    return route(`${request.method} ${request.path}`, request, controls)
  }
}

function route(target: string, request: WireRequest, { status, faults, setFaults }: Controls): WireResponse {
  switch (target) {
    case 'GET /_gateway/status':
      return json(200, status())
    case 'GET /_gateway/faults':
      return json(200, faults())
    case 'PUT /_gateway/faults':
      return replaceFaults(request.body, faults, setFaults)
    default:
      return json(404, { message: 'not found' })
  }
}

function replaceFaults(body: Buffer, faults: Controls['faults'], setFaults: Controls['setFaults']): WireResponse {
  try {
    // The shape is checked by setFaults; a body that is no JSON ends here too.
    setFaults(JSON.parse(body.toString()) as FaultsInput)
    return json(200, faults())
  } catch (error) {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : 'the body is not JSON'
    return json(400, { message })
  }
}

function json(status: number, value: unknown): WireResponse {
  return { status, headers: [['content-type', 'application/json']], body: Buffer.from(JSON.stringify(value)) }
}
