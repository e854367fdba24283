import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { authenticate } from './authenticate.ts'
import { AwsError, awsError } from './aws-error.ts'
import { cachedIamState } from './backend-state.ts'
import { callOf, type Call, type Handler } from './call.ts'
import { controlPlane } from './control-plane.ts'
import { credentialFinder, type OperatorKey } from './credentials.ts'
import { Faults, faults, type FaultsInput } from './faults.ts'
import { journal } from './journal.ts'
import { openJournalFile } from './journal-file.ts'
import type { GatewayLog } from './log.ts'
import { type GatewayStatus, type Moto, superviseMoto } from './moto.ts'
import { BackendGone } from './moto-backend.ts'
import { renderError } from './render-error.ts'
import { createSessions } from './sessions.ts'
import { sts } from './sts.ts'
import { readWireRequest, type WireResponse } from './wire.ts'

export interface GatewayOptions {
  /** 0 takes any free port. */
  port?: number
  /** Holds `journal.ndjson` and `session.key`; made when absent. */
  dataDir: string
  /** A Python that can import moto. */
  python: string
  operatorKeys?: OperatorKey[]
  faults?: FaultsInput
  /** How long a call waits for the replay before it gets 503. */
  waitForReadyMs?: number
  log: GatewayLog
}

export interface Gateway {
  /** `http://127.0.0.1:<port>`, listening already. */
  endpoint: string
  /** Resolves when the journal is replayed; rejects when moto cannot start. */
  ready: Promise<void>
  status(): GatewayStatus
  setFaults(faults: FaultsInput): void
  close(): Promise<void>
}

/** Speaks AWS's wire protocol on 127.0.0.1 in front of moto. Returns as soon as it listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { dataDir, python, log } = options
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const journalPath = join(dataDir, 'journal.ndjson')
  const file = await openJournalFile(journalPath)
  if (file.repairedBytes > 0) log.warn({ bytes: file.repairedBytes }, 'cut a half-written last line off the journal')
  const moto = superviseMoto({ python, log, entries: () => file.entries })
  const iam = cachedIamState(moto.iam)
  const sessions = createSessions(join(dataDir, 'session.key'))
  let currentFaults = Faults.parse(options.faults ?? {})

  const record = journal({ file, backend: moto.backend, changed: (call) => call.service === 'iam' && iam.forget() })
  const answer = faults(() => currentFaults, sts(sessions, iam, record))
  const findCredential = credentialFinder({ operatorKeys: options.operatorKeys ?? [], sessions, iam })
  const handle = waitForReady(moto, options.waitForReadyMs ?? 30_000, authenticate(findCredential, answer))
  const setFaults = (input: FaultsInput) => void (currentFaults = Faults.parse(input))
  const control = controlPlane({ status: moto.status, faults: () => currentFaults, setFaults })

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
    ready: moto.ready(),
    status: moto.status,
    setFaults,
    async close() {
      server.close()
      server.closeAllConnections()
      await moto.close()
      await file.close()
    },
  }
}

/** Calls made while the journal is replayed wait a while; then they get 503 rather than half a world. */
function waitForReady(moto: Moto, milliseconds: number, next: Handler<Call>): Handler<Call> {
  return async (call) => {
    if (moto.status().phase !== 'ready') {
      const timeout = sleep(milliseconds, 'late' as const, { ref: false })
      const outcome = await Promise.race([moto.ready().catch(() => 'failed' as const), timeout])
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

function write(response: ServerResponse, { status, headers, body }: WireResponse): void {
  const length = headers.some(([name]) => name === 'content-length')
  const all = length ? headers : [...headers, ['content-length', String(body.length)] as const]
  response.writeHead(status, all.flat())
  response.end(body)
}
