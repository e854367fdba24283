import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { createEstate, estateSizes } from '../estates/estate.ts'
import { estateIdentity } from '../estates/estate-identity.ts'
import type { RecordingBackend } from './backends.ts'
import { startGateway } from './gateway.ts'
import type { GatewayLog } from './log.ts'

const OperatorKeys = z.array(
  z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string(), accountId: z.string() }),
)

const EstateSize = z.enum(['S', 'M', 'L'])

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env['GATEWAY_PORT'] ?? '8081' },
    'data-dir': { type: 'string', default: process.env['GATEWAY_DATA_DIR'] ?? 'data/aws-gateway' },
    python: { type: 'string', default: process.env['GATEWAY_PYTHON'] ?? '.venv/bin/python' },
    /** A JSON file: `[{ accessKeyId, secretAccessKey, accountId }]`. */
    'operator-keys': { type: 'string' },
    /** A JSON file in the shape of `PUT /_gateway/faults`. */
    faults: { type: 'string' },
    /** `S`, `M` or `L`: an estate of that size instead of moto. */
    estate: { type: 'string' },
    'estate-seed': { type: 'string', default: '1' },
  },
})

const write = (level: string) => (variables: object, message: string) =>
  void process.stderr.write(`${JSON.stringify({ level, message, ...variables }, errorAsText)}\n`)
const log: GatewayLog = { info: write('info'), warn: write('warn'), error: write('error') }

const keysFile = values['operator-keys']
const world = values.estate
  ? { backend: estateOf(EstateSize.parse(values.estate), values['estate-seed']) }
  : { dataDir: values['data-dir'], python: values.python }
const gateway = await startGateway({
  ...world,
  port: Number(values.port),
  operatorKeys: keysFile ? OperatorKeys.parse(readJson(keysFile)) : [],
  // startGateway checks the shape.
  ...(values.faults ? { faults: readJson(values.faults) as object } : {}),
  log,
})
log.info({ endpoint: gateway.endpoint }, 'the AWS gateway listens')

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gateway.close())
gateway.ready.then(
  () => log.info(gateway.status(), 'the AWS gateway is ready'),
  async () => {
    process.exitCode = 1
    await gateway.close()
  },
)

function estateOf(size: z.infer<typeof EstateSize>, seed: string): RecordingBackend {
  const estate = createEstate({ seed, ...estateSizes[size] })
  const { roles, user } = estateIdentity(estate)
  return { kind: 'recording', source: { estate }, roles, users: [user] }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

function errorAsText(_name: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value
}
