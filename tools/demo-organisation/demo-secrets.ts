import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { OperatorKey } from '../aws-gateway/credentials.ts'
import { demoAccounts } from './accounts.ts'

const AccessKeyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })

/** The keys the demo hands to the product. */
export const DemoSecrets = z.object({
  /** The IAM user the product runs as; it assumes the roles. */
  productIdentity: AccessKeyPair,
  /** The stored credential of harbor-legacy. */
  harborLegacy: AccessKeyPair,
})
export type DemoSecrets = z.infer<typeof DemoSecrets>

/** Written when the past is complete, so the file also says that it is, and in which installation's database. */
const DemoFile = z.object({ ...DemoSecrets.shape, installation: z.string().optional() })
type DemoFile = z.infer<typeof DemoFile>

const OperatorKeys = z.array(z.object({ ...AccessKeyPair.shape, accountId: z.string() }))

const secretsFile = (dataDir: string) => join(dataDir, 'demo-secrets.json')
const operatorsFile = (dataDir: string) => join(dataDir, 'operator-keys.json')

/**
 * Call before the gateway opens the same directory. Throws away an organisation that is not to be kept, as one whose
 * building was interrupted; returns the operator keys, made at the first call. Files have mode 0600.
 */
export async function openDemoDataDir(dataDir: string, { keep }: { keep: boolean }): Promise<OperatorKey[]> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  if (!keep) {
    await rm(secretsFile(dataDir), { force: true })
    await rm(join(dataDir, 'journal.ndjson'), { force: true })
  }
  if (!existsSync(operatorsFile(dataDir)))
    await writeSecret(operatorsFile(dataDir), Object.values(demoAccounts).map(newOperatorKey))
  return readOperatorKeys(dataDir)
}

export async function readOperatorKeys(dataDir: string): Promise<OperatorKey[]> {
  return OperatorKeys.parse(JSON.parse(await readFile(operatorsFile(dataDir), 'utf8')))
}

export async function readDemoSecrets(dataDir: string): Promise<DemoFile | undefined> {
  const file = secretsFile(dataDir)
  return existsSync(file) ? DemoFile.parse(JSON.parse(await readFile(file, 'utf8'))) : undefined
}

export async function writeDemoSecrets(dataDir: string, secrets: DemoFile): Promise<void> {
  await writeSecret(secretsFile(dataDir), secrets)
}

function newOperatorKey(accountId: string): OperatorKey {
  const accessKeyId = `AKIA${randomBytes(8).toString('hex').toUpperCase()}`
  return { accessKeyId, secretAccessKey: randomBytes(30).toString('base64'), accountId }
}

async function writeSecret(file: string, value: unknown): Promise<void> {
  // Whole or not at all: half a file would stop every start after it.
  await writeFile(`${file}.new`, JSON.stringify(value), { mode: 0o600 })
  await rename(`${file}.new`, file)
}
