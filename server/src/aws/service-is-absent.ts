import { lookup as systemLookup } from 'node:dns/promises'
import { LRUCache } from 'lru-cache'
import { dnsSuffixOf, dualstackSuffixOf, partitionOf } from './partition.ts'

/** How long a proof holds: long enough for the types of one service, short enough to notice that the network went. */
const holdsMs = 30_000

type Lookup = (host: string) => Promise<unknown>

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code

/** Asks for the name of a service that every region has; without a network it has no address either. */
const namesWork = async (lookup: Lookup, region: string): Promise<boolean> => {
  try {
    await lookup(`sts.${region}.${dnsSuffixOf(partitionOf(region))}`)
    return true
  } catch {
    return false
  }
}

const isUnknown = async (lookup: Lookup, host: string): Promise<boolean> => {
  try {
    await lookup(host)
    return false
  } catch (error) {
    return codeOf(error) === 'ENOTFOUND'
  }
}

const isAwsHost = (host: string, region: string): boolean => {
  const partition = partitionOf(region)
  return host.endsWith(`.${dnsSuffixOf(partition)}`) || host.endsWith(`.${dualstackSuffixOf(partition)}`)
}

/** The service's name without FIPS and dual stack, which AWS has for some services and regions only. */
const plainNameOf = (host: string, region: string): string => {
  const partition = partitionOf(region)
  const [suffix, dualstack] = [`.${dnsSuffixOf(partition)}`, `.${dualstackSuffixOf(partition)}`]
  const name = host.endsWith(dualstack) ? `${host.slice(0, -dualstack.length)}${suffix}` : host
  return name
    .replace(/^fips\./, '')
    .replace(/-fips(?=\.)/, '')
    .replace('.dualstack.', '.')
}

/** {@link serviceIsAbsent} over a resolver. */
export const createAbsenceProof = (lookup: Lookup): ((error: unknown, region: string) => Promise<boolean>) => {
  const proofs = new LRUCache<string, Promise<boolean>>({ max: 1_000, ttl: holdsMs })

  /** In this order: a name that is asked for again while names work was not missing because they did not. */
  const prove = async (host: string, region: string): Promise<boolean> => {
    if (!(await namesWork(lookup, region)) || !(await isUnknown(lookup, host))) return false
    const plain = plainNameOf(host, region)
    // A service that is there, and has no such endpoint, is not read: it must not count as one that is not there.
    return plain === host || isUnknown(lookup, plain)
  }

  return (error, region) => {
    const host = (error as { hostname?: unknown } | undefined)?.hostname
    if (codeOf(error) !== 'ENOTFOUND' || typeof host !== 'string') return Promise.resolve(false)
    // Whatever else was asked for, such as an endpoint of the configuration, tells nothing of AWS.
    if (!isAwsHost(host, region)) return Promise.resolve(false)
    const key = `${region} ${host}`
    const known = proofs.get(key)
    if (known !== undefined) return known
    const proof = prove(host, region)
    proofs.set(key, proof)
    return proof
  }
}

/**
 * Whether a call failed because AWS does not have the service in that region: its name is not there (ENOTFOUND) though
 * that of STS is. Anything else, no network at all above all, is a fault that passes. Never throws.
 */
export const serviceIsAbsent = createAbsenceProof(systemLookup)
