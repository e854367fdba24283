import { required } from '../aws-gateway/required.ts'
import { applyChurn, type Churn, type ChurnRequest } from './churn.ts'
import { globalTypes, kindNames, kindOf, type KindName } from './kinds.ts'
import { type EstatePlace, placesOf } from './places.ts'
import { ordinalsOf } from './population.ts'
import { type EstateScope, resourceKey, scopeKey } from './scopes.ts'
import { idOf } from './names.ts'

export const estateSizes = {
  S: { accounts: 3, regions: 4, resources: 5_000 },
  M: { accounts: 20, regions: 17, resources: 100_000 },
  L: { accounts: 100, regions: 17, resources: 1_000_000 },
} as const

export interface EstateShape {
  accounts: number
  /** At most 17. */
  regions: number
  resources: number
}

export interface EstateResource {
  kind: KindName
  place: EstatePlace
  ordinal: number
  /** As the catalog knows it: a random id or a name. */
  id: string
  /** How often it has changed. */
  changes: number
}

export interface Estate {
  seed: string
  accounts: readonly string[]
  regions: readonly string[]
  /** What there is of a type in a scope, by id. `region` is `global` for a type that is listed once for the account. */
  list(accountId: string, region: string, resourceType: string): readonly EstateResource[]
  find(accountId: string, region: string, resourceType: string, id: string): EstateResource | undefined
  /** Where resources of a kind stand that a resource in this place may name. */
  placeOf(kind: KindName, near: EstatePlace): EstatePlace
  /** The truth: `resourceKey` of every resource. */
  resources(): Set<string>
  /** Every scope there is, also those with nothing in them. */
  scopes(): EstateScope[]
  /** Adds, removes and changes resources, and says which. The same requests in the same order do the same. */
  churn(request: ChurnRequest): Churn
}

/** Enough for a bench of the large estate without holding all of it. */
const remembered = 2_000

/**
 * A made-up organisation, the same for the same seed and shape. Nothing is held but the numbers of each kind: resources are
 * worked out when they are asked for.
 */
export function createEstate({ seed, ...shape }: EstateShape & { seed: string }): Estate {
  const places = placesOf(seed, shape)
  const byScope = new Map<string, Map<string, EstateResource>>()
  const placesAt = Map.groupBy(
    places,
    ({ accountId, where, region }) => `${accountId}/${where === 'account' ? 'global' : region}`,
  )

  const scope = (one: EstateScope): Map<string, EstateResource> => {
    const key = scopeKey(one)
    const known = byScope.get(key)
    if (known !== undefined) return known
    if (byScope.size >= remembered) byScope.clear()
    const resources = (placesAt.get(`${one.accountId}/${one.region}`) ?? []).flatMap((place) =>
      resourcesOf(place, one.resourceType),
    )
    const sorted = new Map(
      resources.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((resource) => [resource.id, resource]),
    )
    byScope.set(key, sorted)
    return sorted
  }

  const resourcesOf = (place: EstatePlace, resourceType: string): EstateResource[] =>
    [...place.populations].flatMap(([kind, population]) =>
      kindOf(kind).resourceType === resourceType
        ? ordinalsOf(population).map((ordinal) => ({
            kind,
            place,
            ordinal,
            id: idOf(seed, kind, place, ordinal),
            changes: population.changes.get(ordinal) ?? 0,
          }))
        : [],
    )

  const placeOf = (kind: KindName, { accountId, region }: EstatePlace) =>
    kindOf(kind).where === 'account'
      ? required(placesAt.get(`${accountId}/global`)?.[0], accountId)
      : required(placesAt.get(`${accountId}/${region}`)?.[0], region)

  const accounts = [...new Set(places.map(({ accountId }) => accountId))]
  const regions = [...new Set(places.map(({ region }) => region))].toSorted()
  const types = [...new Set(kindNames.map((name) => kindOf(name).resourceType))]
  const scopes = () =>
    accounts.flatMap((accountId) =>
      types.flatMap((resourceType) =>
        (globalTypes.has(resourceType) ? ['global'] : regions).map((region) => ({ accountId, region, resourceType })),
      ),
    )
  return {
    seed,
    accounts,
    regions,
    list: (accountId, region, resourceType) => [...scope({ accountId, region, resourceType }).values()],
    find: (accountId, region, resourceType, id) => scope({ accountId, region, resourceType }).get(id),
    placeOf,
    resources: () => new Set(scopes().flatMap((one) => [...scope(one).keys()].map((id) => resourceKey(one, id)))),
    scopes,
    churn: (request) => {
      byScope.clear()
      return applyChurn(seed, places, request)
    },
  }
}
