import { randomBytes } from 'node:crypto'
import type { AuthenticatedCall, Handler } from './call.ts'
import type { JournalEntry, JournalFile } from './journal-file.ts'
import type { Backend } from './moto-backend.ts'
import { isMutation } from './operation.ts'
import { header, type Headers, type WireResponse } from './wire.ts'

interface Journalled {
  file: JournalFile
  backend: Backend
  /** Called after a change succeeded and before its answer leaves. */
  changed(call: AuthenticatedCall): void
}

/** Sends calls to the back end; each successful change is on file before its answer leaves. Changes go one at a time. */
export function journal({ file, backend, changed }: Journalled): Handler {
  let sequence = file.entries.at(-1)?.sequence ?? 0
  let last: Promise<unknown> = Promise.resolve()
  const change = async (call: AuthenticatedCall): Promise<WireResponse> => {
    const entry = entryOf(call, sequence + 1)
    const response = await backend.send(call, entry)
    if (response.status >= 400) return response
    await file.append(entry)
    sequence = entry.sequence
    changed(call)
    return response
  }
  return (call) => {
    if (!isMutation(call)) return backend.send(call, entryOf(call, 0))
    const response = last.then(() => change(call))
    last = response.catch(() => undefined)
    return response
  }
}

function entryOf(call: AuthenticatedCall, sequence: number): JournalEntry {
  const { method, path, query, headers, body } = call.request
  const operator = call.principal.kind === 'operator'
  return {
    sequence,
    // Only operators may move the clock or choose a seed: both would be holes for anyone else.
    instant: (operator && validInstant(header(headers, 'x-gateway-time'))) || new Date().toISOString(),
    seed: (operator && header(headers, 'x-gateway-seed')) || randomSeed(call, sequence),
    accountId: call.principal.accountId,
    action: call.action,
    method,
    path,
    query,
    headers: backendHeaders(headers),
    body: sequence === 0 ? '' : body.toString('base64'),
  }
}

/** A read makes things too, sometimes (a service's default key): the same read makes the same ones. */
function randomSeed(call: AuthenticatedCall, sequence: number): string {
  return sequence === 0 ? `${call.principal.accountId}/${call.region}/${call.action}` : randomBytes(16).toString('hex')
}

function validInstant(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

const left =
  /^(connection|keep-alive|transfer-encoding|content-length|expect|user-agent|amz-sdk-.*|x-amz-user-agent|x-amz-security-token|x-gateway-.*|x-moto-.*)$/

/** What moto needs; of the signature only the scope, which tells it service and Region. */
function backendHeaders(headers: Headers): Headers {
  return headers
    .filter(([name]) => !left.test(name))
    .map(([name, value]) => [name, name === 'authorization' ? value.replace(/Signature=\w+/, 'Signature=0') : value])
}
