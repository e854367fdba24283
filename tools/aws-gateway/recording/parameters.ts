import type { Call } from '../call.ts'
import { parameters as formOf } from '../operation.ts'

/** The parameters of a call by AWS's names, whatever its protocol. */
export interface Parameters {
  text(name: string): string | undefined
  /** `VolumeId.1`, `VolumeId.2` … or the one `DBInstanceIdentifier`. */
  list(name: string): string[]
}

export function parametersOf({ protocol, request }: Call): Parameters {
  if (protocol === 'json') return ofJson(request.body)
  const form = protocol === 'query' || protocol === 'ec2' ? formOf(request) : new URLSearchParams(request.query)
  return {
    text: (name) => form.get(name) ?? undefined,
    list: (name) => [...form].flatMap(([key, value]) => (key === name || isElement(key, name) ? [value] : [])),
  }
}

const isElement = (key: string, name: string): boolean =>
  key.startsWith(`${name}.`) && /^\d+$/.test(key.slice(name.length + 1))

function ofJson(body: Buffer): Parameters {
  const input = (body.length > 0 ? JSON.parse(body.toString()) : {}) as Record<string, unknown>
  const list = (name: string) => [input[name]].flat().flatMap((value) => (isSimple(value) ? [String(value)] : []))
  return { text: (name) => list(name)[0], list }
}

const isSimple = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)
