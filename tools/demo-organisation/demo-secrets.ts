import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { demoAccounts } from './accounts.ts'

const AccessKeyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })

/** The keys the demo hands to the product. Written when the organisation is complete, so the file also says it is. */
export const DemoSecrets = z.object({
  /** The IAM user the product runs as; it assumes the roles. */
  productIdentity: AccessKeyPair,
  /** The stored credential of harbor-legacy. */
  harborLegacy: AccessKeyPair,
})
export type DemoSecrets = z.infer<typeof DemoSecrets>

const OperatorKeys = z.array(z.object({ ...AccessKeyPair.shape, accountId: z.string() }))

const secretsFile = (dataDir: string) => join(dataDir, 'demo-secrets.json')

/**
 * Call before the gateway opens the same directory. Throws away an organisation whose building was interrupted, and
 * returns the operator keys, made at the first call. Files have mode 0600.
 */
export async function openDemoDataDir(dataDir: string): Promise<OperatorKey[]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (!existsSync(secretsFile(dataDir))) await rm(join(dataDir, 'journal.ndjson'), { force: true })
  const file = join(dataDir, 'operator-keys.json')
  if (!existsSync(file)) await writeSecret(file, Object.values(demoAccounts).map(newOperatorKey))
  return OperatorKeys.parse(JSON.parse(await readFile(file, 'utf8')))
}

export async function readDemoSecrets(dataDir: string): Promise<DemoSecrets | undefined> {
  const file = secretsFile(dataDir)
  return existsSync(file) ? DemoSecrets.parse(JSON.parse(await readFile(file, 'utf8'))) : undefined
}

export async function writeDemoSecrets(dataDir: string, secrets: DemoSecrets): Promise<void> {
  await writeSecret(secretsFile(dataDir), secrets)
}

function newOperatorKey(accountId: string): OperatorKey {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64'), accountId }
}

async function writeSecret(file: string, value: unknown): Promise<void> {
  await writeFile(file, JSON.stringify(value), { mode: 0o600 })
}
