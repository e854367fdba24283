import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import type { Sdk } from '../completeness/sdk-schema.ts'
import { entryText, exportNameOf } from './entry-text.ts'
import { findList } from './find-list.ts'
import { register } from './register.ts'

export interface NewResourceType {
  /** Folder of the repository. */
  root: URL
  /** `ec2/key-pair`. */
  path: string
  resourceType: string
  client?: string | undefined
  operation?: string | undefined
}

/** Writes the entry and registers it; gives what to say. Throws with a sentence a person can act on, and changes nothing then. */
export async function newResourceType({
  root,
  path,
  resourceType,
  client,
  operation,
}: NewResourceType): Promise<string> {
  const [service, file] = checkedPath(path)
  if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(resourceType))
    throw new Error(`${resourceType} is no CloudFormation type name; one looks like AWS::EC2::KeyPair.`)
  const target = new URL(`catalog/src/${path}.ts`, root)
  if (await exists(target)) throw new Error(`catalog/src/${path}.ts exists; the scaffold does not overwrite.`)
  const registryFile = new URL('catalog/src/catalog.ts', root)
  const list = findList(await importClient(client ?? service), resourceType, operation)
  const entry = { service, client: client ?? service, file, resourceType, list }
  const registry = register(await readFile(registryFile, 'utf8'), path, exportNameOf(service, file))
  await mkdir(new URL('./', target), { recursive: true })
  await writeFile(target, entryText(entry), { flag: 'wx' })
  await writeFile(registryFile, registry)
  return [
    `Wrote catalog/src/${path}.ts, which lists by ${list.operation}, and registered it in catalog/src/catalog.ts.`,
    'Next: fill in relationships, events, volatile and redact (docs/add-a-resource-type.md), then npm run check and npm test.',
  ].join('\n')
}

function checkedPath(path: string): [service: string, file: string] {
  const [, service, file] = /^([a-z0-9-]+)\/([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(path) ?? []
  if (service === undefined || file === undefined)
    throw new Error(
      `${path} is no path of an entry; one looks like ec2/key-pair: IAM prefix, then the name in kebab-case.`,
    )
  return [service, file]
}

async function importClient(client: string): Promise<Sdk> {
  try {
    return (await import(`@aws-sdk/client-${client}`)) as Sdk
  } catch (cause) {
    const install = `npm install --save-exact -w catalog -w tools @aws-sdk/client-${client}`
    throw new Error(
      `The SDK client @aws-sdk/client-${client} is not installed. Install it: ${install}\nOr name another one: --client NAME`,
      { cause },
    )
  }
}

const exists = async (file: URL) =>
  access(file).then(
    () => true,
    () => false,
  )
