import { createHash } from 'node:crypto'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'

const digests = new WeakMap<ResourceTypeDefinition, string>()

/** Functions count by their text: a changed rule for names or relationships is a changed entry. */
const readable = (_name: string, value: unknown): unknown => (typeof value === 'function' ? String(value) : value)

/** Changes when a catalog entry does: rows described by another one are described anew, without a version. */
export const entryDigest = (type: ResourceTypeDefinition): string => {
  const known = digests.get(type)
  if (known !== undefined) return known
  const digest = createHash('sha256').update(JSON.stringify(type, readable)).digest('base64url').slice(0, 22)
  digests.set(type, digest)
  return digest
}
