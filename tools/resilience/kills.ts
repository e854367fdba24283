import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import type { Job } from '@dashboard/contract/jobs.ts'
import pg from 'pg'
import type { EstateGateway } from '../estates/estate-gateway.ts'
import { resourceKey } from '../estates/scopes.ts'
import { eventsOf } from '../testing/connect.ts'
import { adminEmail, adminPassword } from '../testing/product.ts'
import { type ServerProcess, spawnServer } from '../testing/server-process.ts'
import { typeNames } from './estate-product.ts'

export type Victim = 'worker' | 'api' | 'postgres'

export interface KillFigures {
  kills: Record<Victim, number>
  discoveries: number
  /** Resources that exist and are not shown, or are shown and do not exist, after the last discovery. */
  differences: number
  /** Resources whose versions are not 1, 2, 3 … up to the present one. */
  brokenVersions: number
  /** The same resource twice, or the same relationship twice at one time. */
  doubled: number
  /** Jobs that never ended, or that counted more than they had to do. */
  brokenJobs: number
  /** Scopes still leased when nothing runs. */
  leased: number
}

/** The product in processes of its own, restarted after each kill as a supervisor would. */
export interface KillableProduct {
  kill(victim: Victim): Promise<void>
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>
  stop(): Promise<void>
}

const retrying = async <Value>(attempt: () => Promise<Value>, seconds = 60): Promise<Value> => {
  for (const end = Date.now() + seconds * 1_000; ;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await sleep(200)
    }
  }
}

const lastWorkerPid = (server: ServerProcess): number | undefined =>
  [...server.printed().matchAll(/"process":"worker","pid":(\d+),"msg":"worker ready"/g)]
    .map((match) => Number(match[1]))
    .at(-1)

/** Its own file says so; root's cluster may lie behind a link. */
const postmasterPid = async (dataDir: string): Promise<number> =>
  Number(
    (await readFile(join(await realpath(join(dataDir, 'postgres')), 'cluster', 'postmaster.pid'), 'utf8')).split(
      '\n',
    )[0],
  )

export const startKillableProduct = async (dataDir: string, aws: EstateGateway): Promise<KillableProduct> => {
  const env = {
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: aws.user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.user.secretAccessKey,
    AWS_QUOTA_SHARE: '1000',
  }
  let server = spawnServer(dataDir, env)
  let url = await server.ready
  let token: string | undefined

  const respawn = async (): Promise<void> => {
    server = await retrying(async () => {
      const next = spawnServer(dataDir, env)
      await next.ready
      return next
    })
    url = await server.ready
  }

  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    return fetch(`${url}/api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  }

  const signIn = async (): Promise<void> => {
    token = undefined
    const response = await request('POST', '/auth/login', { email: adminEmail, password: adminPassword })
    if (response.ok) token = ((await response.json()) as { accessToken: string }).accessToken
  }

  /** A person presses again until it works. */
  const call = <Body>(method: string, path: string, body?: unknown): Promise<Body> =>
    retrying(async () => {
      if (token === undefined) await signIn()
      const response = await request(method, path, body)
      if (response.status === 401) token = undefined
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return (response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : text) as Body
    })

  const connectionString = async (): Promise<string> => {
    const { port, password } = JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as {
      port: number
      password: string
    }
    return `postgresql://dashboard:${password}@127.0.0.1:${port}/dashboard`
  }

  return {
    call,
    kill: async (victim) => {
      if (victim === 'postgres') return void process.kill(await postmasterPid(dataDir), 'SIGKILL')
      if (victim === 'worker') {
        const pid = lastWorkerPid(server)
        if (pid !== undefined) process.kill(pid, 'SIGKILL')
        return
      }
      server.child.kill('SIGKILL')
      await server.exit
      await respawn()
    },
    query: async <Row extends pg.QueryResultRow>(text: string) => {
      const client = new pg.Client({ connectionString: await connectionString() })
      await client.connect()
      try {
        return (await client.query<Row>(text)).rows
      } finally {
        await client.end()
      }
    },
    stop: async () => {
      server.child.kill('SIGTERM')
      await server.exit
    },
  }
}

const connect = async (product: KillableProduct, aws: EstateGateway): Promise<void> => {
  const regions = [...new Set(aws.estate.scopes().map((scope) => scope.region))].filter((region) => region !== 'global')
  for (const accountId of aws.estate.accounts) {
    const input = { credentialType: 'iam_role', name: accountId, accountId, regions, roleArn: aws.roleArn(accountId) }
    const { id } = await product.call<AWSAccount>('POST', '/aws/accounts', input)
    await product.query(`update aws_account set external_id = '${aws.externalId(accountId)}' where id = '${id}'`)
    const done = eventsOf<{ type: string }>(await product.call<string>('POST', `/aws/accounts/${id}/validate`)).at(-1)
    if (done?.type !== 'done') throw new Error(`not connected: ${JSON.stringify(done)}`)
  }
}

const endOf = async (product: KillableProduct, id: string): Promise<Job> => {
  for (const end = Date.now() + 180_000; ; await sleep(250)) {
    const job = await product.call<Job>('GET', `/jobs/${id}`)
    if (job.status === 'completed') return job
    if (Date.now() > end) throw new Error(`never ended: ${JSON.stringify(job)}`)
  }
}

const count = async (product: KillableProduct, text: string): Promise<number> =>
  Number((await product.query<{ n: string }>(`select count(*) as n from (${text}) counted`))[0]?.n)

const compare = async (product: KillableProduct, aws: EstateGateway): Promise<number> => {
  const rows = await product.query<{ account_id: string; region: string; resource_type: string; native_id: string }>(
    'select r.account_id, s.region, r.resource_type, r.native_id from resource r join scope s on s.id = r.scope_id where r.deleted_at is null',
  )
  const shown = new Set(
    rows.map((row) =>
      resourceKey({ accountId: row.account_id, region: row.region, resourceType: row.resource_type }, row.native_id),
    ),
  )
  const truth = aws.estate.resources()
  return [...shown].filter((key) => !truth.has(key)).length + [...truth].filter((key) => !shown.has(key)).length
}

/** Kills at random moments of discoveries, then lets one finish and looks at what is there. */
export const runKills = async (
  product: KillableProduct,
  aws: EstateGateway,
  options: { kills: number; random: () => number; report?: (text: string) => void },
): Promise<KillFigures> => {
  const kills: Record<Victim, number> = { worker: 0, api: 0, postgres: 0 }
  const victims: readonly Victim[] = ['worker', 'worker', 'api', 'postgres']
  let discoveries = 0
  await connect(product, aws)
  for (let kill = 0; kill < options.kills; kill += 1) {
    if (kill % 2 === 0) {
      await product.call('POST', '/resources/discover', { resourceTypes: typeNames })
      discoveries += 1
    }
    await sleep(100 + options.random() * 1_500)
    const victim = victims[Math.floor(options.random() * victims.length)] ?? 'worker'
    await retrying(() => product.kill(victim))
    kills[victim] += 1
    options.report?.(`${kill + 1} ${victim}`)
  }
  // Nobody waits a minute for leases of the dead here; a user's scan does.
  await retrying(() => product.query('update scope set lease_until = now() where lease_until is not null'))
  for (let last = 0; last < 2; last += 1) {
    const { jobId } = await product.call<{ jobId: string }>('POST', '/resources/discover', { resourceTypes: typeNames })
    await endOf(product, jobId)
    discoveries += 1
  }
  return {
    kills,
    discoveries,
    differences: await compare(product, aws),
    brokenVersions: await count(
      product,
      'select r.id from resource r join resource_version v on v.resource_id = r.id group by r.id, r.version having count(*) <> r.version or max(v.version) <> r.version',
    ),
    doubled: await count(
      product,
      'select src from edge where valid_to is null group by src, kind, target_type, target_key, target_by, reverse having count(*) > 1',
    ),
    brokenJobs: await count(product, "select id from job where status in ('queued', 'running') or done > total"),
    leased: await count(product, 'select id from scope where lease_until > now()'),
  }
}
