/**
 * The demo's first start, in a process of its own: what it loads, a client of every service twice over, goes with it.
 * Started by `main.ts` over a gateway and a PostgreSQL that stand; ends with exit code 0 when the past is there.
 */
import { readConfig } from '@dashboard/server/config/config.ts'
import { openCore } from '@dashboard/server/core.ts'
import { migrate } from '@dashboard/server/db/migrate.ts'
import { errorText } from '@dashboard/server/log/describe-error.ts'
import { createLog } from '@dashboard/server/log/log.ts'
import { readOperatorKeys, writeDemoSecrets } from '../demo-organisation/demo-secrets.ts'
import { beginAnew, ForeignAccounts } from './begin-anew.ts'
import { liveThroughHistory } from './history.ts'
import { gatewayDirectory, say } from './places.ts'

/** The past need not be polite to an emulator: no quota of AWS's is used up. */
const withoutQuotas = { AWS_QUOTA_SHARE: '100' }

const run = async (): Promise<void> => {
  const config = readConfig({ ...process.env, ...withoutQuotas })
  const log = createLog({ level: config.logLevel, process: 'demo' })
  const endpoint = config.aws.endpoint
  if (endpoint === undefined || config.database.kind !== 'external')
    throw new Error('The first start needs AWS_ENDPOINT_URL and DATABASE_URL, as the demo sets them.')
  const databaseUrl = config.database.url.reveal()
  const gatewayDir = gatewayDirectory(config.dataDir)
  const operatorKeys = await readOperatorKeys(gatewayDir)
  await migrate(databaseUrl)
  await using core = await openCore({ config, databaseUrl, log })
  await beginAnew(core)
  const { dataDir } = config
  const now = new Date()
  const secrets = await liveThroughHistory({ core, databaseUrl, endpoint, operatorKeys, dataDir, now, say, log })
  // Last: the file says that the past is complete.
  await writeDemoSecrets(gatewayDir, { ...secrets, installation: core.tenant })
}

// The demo is gone, and with it the gateway.
process.once('disconnect', () => process.exit(1))

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof ForeignAccounts ? error.message : errorText(error)}\n`)
    process.exit(1)
  },
)
