import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { authenticate } from './authenticate.ts'
import { AwsError, awsError } from './aws-error.ts'
import { motoWorld, type RecordingBackend, recordingWorld, type World } from './backends.ts'
import { callOf, type Call, type Handler } from './call.ts'
import { controlPlane } from './control-plane.ts'
import { credentialFinder, type OperatorKey } from './credentials.ts'
import { createFaultSwitch } from './fault-switch.ts'
import type { FaultsInput, Injected } from './faults.ts'
import type { GatewayLog } from './log.ts'
import type { MotoStatus } from './moto.ts'
import { BackendGone } from './moto-backend.ts'
import { renderError } from './render-error.ts'
import { createSessions } from './sessions.ts'
import { sts } from './sts.ts'
import { readWireRequest, type WireResponse } from './wire.ts'

interface CommonOptions {
  /** 0 takes any free port. */
  port?: number
  operatorKeys?: OperatorKey[]
  faults?: FaultsInput
  /** How long a call waits for the replay before it gets 503. */
  waitForReadyMs?: number
  log: GatewayLog
}

/** moto is behind the gateway unless `backend` says otherwise. */
export interface MotoOptions extends CommonOptions {
  /** Holds `journal.ndjson` and `session.key`; made when absent. */
  dataDir: string
  /** A Python that can import moto. */
  python: string
  backend?: never
}

export interface RecordingOptions extends CommonOptions {
  backend: RecordingBackend
}

export type GatewayOptions = MotoOptions | RecordingOptions

export interface GatewayStatus extends MotoStatus {
  injected: Injected
}

export interface Gateway {
  /** `http://127.0.0.1:<port>`, listening already. */
  endpoint: string
  /** Resolves when the journal is replayed; rejects when moto cannot start. */
  ready: Promise<void>
  status(): GatewayStatus
  /** From the next call on. @throws ZodError */
  setFaults(faults: FaultsInput): void
  close(): Promise<void>
}

/** Speaks AWS's wire protocol on 127.0.0.1 in front of moto or of an estate. Returns as soon as it listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options
  const world = options.backend
    ? recordingWorld(options.backend)
    : await motoWorld(options.dataDir, options.python, log)
  const sessions = createSessions(options.backend ? undefined : join(options.dataDir, 'session.key'))
  const faults = createFaultSwitch(options.faults ?? {})

  const answer = faults.layer(sts(sessions, world.iam, world.handle))
  const findCredential = credentialFinder({ operatorKeys: options.operatorKeys ?? [], sessions, iam: world.iam })
  const handle = waitForReady(world, options.waitForReadyMs ?? 30_000, authenticate(findCredential, answer))
  const status = () => ({ ...world.status(), injected: faults.injected() })
  const estate = options.backend && 'estate' in options.backend.source ? options.backend.source.estate : undefined
  const control = controlPlane({ status, faults: faults.current, setFaults: faults.set, churn: estate?.churn })

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readWireRequest(message)
    write(response, control(request) ?? (await safely(callOf(request), handle, log)))
  }
  const server = createServer({ keepAliveTimeout: 65_000 }, (message, response) => {
    serve(message, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ready: world.ready(),
    status,
    setFaults: faults.set,
    async close() {
      server.close()
      server.closeAllConnections()
      await world.close()
    },
  }
}

/** Calls made while the journal is replayed wait a while; then they get 503 rather than half a world. */
function waitForReady(world: World, milliseconds: number, next: Handler<Call>): Handler<Call> {
  return async (call) => {
    if (world.status().phase !== 'ready') {
      const timeout = sleep(milliseconds, 'late' as const, { ref: false })
      const outcome = await Promise.race([world.ready().catch(() => 'failed' as const), timeout])
      if (outcome !== undefined) throw awsError('unavailable', call.protocol)
    }
    return next(call)
  }
}

async function safely(call: Call, handle: Handler<Call>, log: GatewayLog): Promise<WireResponse> {
  try {
    return await handle(call)
  } catch (error) {
    if (error instanceof AwsError) return renderError(call, error)
    if (error instanceof BackendGone) return renderError(call, awsError('unavailable', call.protocol))
    log.error({ err: error, action: call.action }, 'a call failed in the gateway')
    return renderError(call, awsError('internal', call.protocol))
  }
}

function write(response: ServerResponse, { status, headers, body, breakOff }: WireResponse): void {
  if (breakOff === 'before-answer') return cut(response)
  const length = headers.some(([name]) => name === 'content-length')
  const all = length ? headers : [...headers, ['content-length', String(body.length)] as const]
  response.writeHead(status, all.flat())
  if (breakOff === undefined) response.end(body)
  else response.write(body.subarray(0, Math.floor(body.length / 2)), () => cut(response))
}

/** A reset, as of a peer that died; an orderly end could be taken for the end of an answer. */
function cut(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}
