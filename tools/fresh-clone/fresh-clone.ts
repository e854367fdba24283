/**
 * Proves the first of the README's two commands the way a new user meets it: a fresh clone of the committed state, an
 * empty DATA_DIR, `npm run demo`; then the same again, warm. As root it does so three times: as root, as root below a
 * folder closed to others, and as another user. Its last line is `RESULT {…}`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, readlink, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Job } from '@dashboard/contract/jobs.ts'
import type { Overview } from '@dashboard/contract/overview.ts'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { story } from '../demo-organisation/chapters/story.ts'

interface Situation {
  name: string
  /** Runs as this user; undefined: whoever runs this. */
  uid?: number
  /** Mode of the folder above the clone. */
  parentMode: number
}

const target = {
  accounts: 6,
  regions: 4,
  resources: 300,
  resourceTypes: 30,
  scopesDeniedAndExplained: 2,
  scopesNew: 0,
  secondReadySeconds: 10,
}

const repository = fileURLToPath(new URL('../..', import.meta.url))
const nobody = 65_534
const password = 'seven green bottles'
const isRoot = process.getuid?.() === 0

const situations: Situation[] = isRoot
  ? [
      { name: 'root', parentMode: 0o755 },
      { name: 'root, clone below a 0700 folder', parentMode: 0o700 },
      { name: 'another user, clone below a 0700 folder', uid: nobody, parentMode: 0o700 },
    ]
  : [
      { name: 'this user', parentMode: 0o755 },
      { name: 'this user, clone below a 0700 folder', parentMode: 0o700 },
    ]

interface Demo {
  child: ChildProcess
  url: string
  oneTimePassword: string | undefined
  seconds: number
}

const run = async (clone: string, home: string, port: number, { uid }: Situation): Promise<Demo> => {
  const started = performance.now()
  const { PATH, TERM, ...rest } = process.env
  const child = spawn('npm', ['run', 'demo'], {
    cwd: clone,
    detached: true,
    env: {
      PATH: (PATH ?? '').replaceAll(/[^:]*node_modules[^:]*:/g, ''),
      TERM: TERM ?? 'dumb',
      HOME: home,
      PORT: String(port),
      ...pickCertificates(rest),
    },
    ...(uid === undefined ? {} : { uid, gid: uid }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  child.stderr.on('data', (chunk) => (text += String(chunk)))
  const url = `http://127.0.0.1:${port}`
  while (!/is ready: /.test(text)) {
    if (child.exitCode !== null) throw new Error(`npm run demo ended:\n${text}`)
    await sleep(100)
  }
  while (
    !(await fetch(`${url}/api/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    ))
  )
    await sleep(50)
  return {
    child,
    url,
    oneTimePassword: /One-time password: (\S+)/.exec(text)?.[1],
    seconds: (performance.now() - started) / 1000,
  }
}

/** A private registry's certificates and proxy are part of the machine, not of the developer's set-up. */
const pickCertificates = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => /CERT|CA_BUNDLE|PROXY|CA_FILE/i.test(name) || name.startsWith('npm_config_registry'),
    ),
  )

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const post = async <Body>(url: string, path: string, body: unknown, token?: string): Promise<Body> => {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const response = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

const get = async <Body>(url: string, path: string, token: string): Promise<Body> => {
  const response = await fetch(`${url}/api${path}`, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Body
}

const signIn = async ({ url, oneTimePassword }: Demo): Promise<string> => {
  const first = await post<{ accessToken: string }>(url, '/auth/login', {
    email: 'admin@example.com',
    password: oneTimePassword ?? password,
  })
  if (oneTimePassword === undefined) return first.accessToken
  return (
    await post<{ accessToken: string }>(
      url,
      '/auth/password',
      { currentPassword: oneTimePassword, newPassword: password },
      first.accessToken,
    )
  ).accessToken
}

const waitForDiscovery = async (url: string, token: string): Promise<Job> => {
  for (const end = Date.now() + 240_000; Date.now() < end; await sleep(500)) {
    const { items } = await get<{ items: Job[] }>(url, '/jobs', token)
    const [job] = items
    if (job?.status === 'completed') return job
  }
  throw new Error('the discovery did not end in four minutes')
}

/** Ends the whole group: what Ctrl-C does in a terminal. */
const stop = async ({ child }: Demo): Promise<void> => {
  const ended = once(child, 'exit')
  process.kill(-(child.pid ?? 0), 'SIGINT')
  await ended
}

const msOfDay = 86_400_000

/** How many changes there are within twelve hours of each past day on which the demo looked: the least of them. */
const leastHistory = async (url: string, token: string): Promise<number> => {
  const counts: number[] = []
  for (const { daysAgo } of story.slice(0, -1)) {
    const at = (days: number) => new Date(Date.now() - days * msOfDay).toISOString()
    const query = `maxResults=1&changedSince=${at(daysAgo + 0.5)}&changedUntil=${at(daysAgo - 0.5)}`
    const kinds = 'change=CREATED&change=CHANGED&change=DELETED'
    counts.push((await get<{ total: number }>(url, `/resources?${query}&${kinds}`, token)).total)
  }
  return Math.min(...counts)
}

/** Scopes that AWS denies, as long as each says what would mend it. */
const explainedDenials = async (url: string, token: string): Promise<number> => {
  const { items } = await get<{ items: Scope[] }>(url, '/scopes?status=ACCESS_DENIED&status=DENIED_BY_SCP', token)
  return items.every((scope) => scope.reason !== null && scope.fix !== null) ? items.length : 0
}

const firstStart = async (demo: Demo) => {
  const token = await signIn(demo)
  await waitForDiscovery(demo.url, token)
  const overview = await get<Overview>(demo.url, '/overview', token)
  const { byStatus } = overview.coverage.scopes
  const unexplained = overview.coverage.gaps.filter((gap) => gap.status === 'FAILED' && gap.reason === null).length
  return {
    accounts: overview.accounts.active,
    regions: overview.regions,
    resources: overview.resources,
    resourceTypes: overview.resourceTypes,
    relationships: overview.relationships,
    leastChangesAtAPastDay: await leastHistory(demo.url, token),
    scopesDeniedAndExplained: await explainedDenials(demo.url, token),
    scopesNew: byStatus.NEW ?? 0,
    scopesFailedWithoutReason: unexplained,
  }
}

const secondStart = async (clone: string, home: string, port: number, situation: Situation): Promise<number> => {
  const started = performance.now()
  const demo = await run(clone, home, port, situation)
  const token = await signIn(demo)
  const { total } = await get<{ total: number }>(demo.url, '/resources?maxResults=1', token)
  const seconds = (performance.now() - started) / 1000
  await stop(demo)
  if (total === 0) throw new Error('the inventory did not survive the restart')
  return seconds
}

/** Root's PostgreSQL may keep its cluster outside of the clone, behind a link. */
const removeAll = async (parent: string, clone: string): Promise<void> => {
  const cluster = await readlink(join(clone, 'data/demo/postgres')).catch(() => undefined)
  if (cluster !== undefined)
    await rm(dirname(cluster).endsWith('aws-integration-dashboard') ? cluster : dirname(cluster), {
      recursive: true,
      force: true,
    })
  await rm(parent, { recursive: true, force: true })
}

const prove = async (situation: Situation, port: number) => {
  const parent = await mkdtemp(join(tmpdir(), 'dashboard-fresh-'))
  const [clone, home] = [join(parent, 'clone'), join(parent, 'home')]
  await mkdir(home)
  execFileSync('git', ['clone', '--quiet', repository, clone])
  if (situation.uid !== undefined) execFileSync('chown', ['-R', `${situation.uid}:${situation.uid}`, parent])
  else if (isRoot) await chown(parent, 0, 0)
  await chmod(parent, situation.parentMode)
  const demo = await run(clone, home, port, situation)
  const found = await firstStart(demo)
  await stop(demo)
  const again = await secondStart(clone, home, port, situation)
  await removeAll(parent, clone)
  const ok =
    found.accounts === target.accounts &&
    found.regions === target.regions &&
    found.resources >= target.resources &&
    found.resourceTypes >= target.resourceTypes &&
    found.leastChangesAtAPastDay > 0 &&
    found.scopesDeniedAndExplained >= target.scopesDeniedAndExplained &&
    found.relationships > 0 &&
    found.scopesNew === 0 &&
    found.scopesFailedWithoutReason === 0 &&
    again <= target.secondReadySeconds
  return {
    situation: situation.name,
    ...found,
    firstReadySeconds: round(demo.seconds),
    secondReadySeconds: round(again),
    ok,
  }
}

const round = (seconds: number): number => Math.round(seconds * 10) / 10

const results = []
for (const [index, situation] of situations.entries()) results.push(await prove(situation, 18_080 + index))
console.table(results)
console.log(`RESULT ${JSON.stringify({ target, results, ok: results.every((result) => result.ok) })}`)
process.exitCode = results.every((result) => result.ok) ? 0 : 1
