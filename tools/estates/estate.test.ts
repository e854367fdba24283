import { describe, expect, test } from 'vitest'
import { clonesOf } from './clone.ts'
import { createEstate, type Estate, estateSizes } from './estate.ts'
import { kindNames } from './kinds.ts'
import { scopeKey } from './scopes.ts'
import { readTemplates } from './template.ts'

const small = (seed: string): Estate => createEstate({ seed, ...estateSizes.S })

describe('An estate', () => {
  test.each(['S', 'M'] as const)('of size %s has exactly as many resources as it says', (size) => {
    expect(createEstate({ seed: 'count', ...estateSizes[size] }).resources().size).toBe(estateSizes[size].resources)
  })

  test('is the same for the same seed, and another for another', () => {
    const first = small('one').resources()
    expect(small('one').resources()).toEqual(first)
    const shared = [...small('two').resources()].filter((key) => first.has(key))
    expect(shared).toEqual([])
  })

  test('is mostly empty where it is large, but for the default VPC of every Region', () => {
    const estate = createEstate({ seed: 'life', ...estateSizes.M })
    const counts = estate.scopes().map((one) => estate.list(one.accountId, one.region, one.resourceType).length)
    const beyondDefault = counts.filter((count) => count > 3).length
    expect(beyondDefault / counts.length).toBeLessThan(0.12)
  })

  test('has resources of every type in every account', () => {
    const estate = small('types')
    for (const accountId of estate.accounts) {
      const scopes = estate.scopes().filter((one) => one.accountId === accountId)
      const types = scopes.filter((one) => estate.list(accountId, one.region, one.resourceType).length > 0)
      expect(new Set(types.map(({ resourceType }) => resourceType)).size).toBe(20)
    }
  })

  test('lists in the order of ids, each once', () => {
    const estate = small('order')
    for (const one of estate.scopes()) {
      const ids = estate.list(one.accountId, one.region, one.resourceType).map(({ id }) => id)
      expect(ids).toEqual([...new Set(ids)].toSorted())
    }
  })

  test('names nothing that is not there', () => {
    const estate = small('references')
    expect(danglingOf(estate)).toEqual([])
  })
})

/** Relationships by id to a type of the estate whose other end is not in it. */
function danglingOf(estate: Estate): string[] {
  const clones = clonesOf(estate)
  const keys = estate.resources()
  const types = new Set(estate.scopes().map(({ resourceType }) => resourceType))
  return estate.scopes().flatMap((scope) =>
    estate.list(scope.accountId, scope.region, scope.resourceType).flatMap((resource) =>
      clones
        .described(resource, 'host')
        .relationships.filter(({ by, to }) => by === 'id' && types.has(to))
        .filter(({ to, target }) => !keys.has(`${scopeKey({ ...scope, resourceType: to })}/${target}`))
        .map(({ to, target }) => `${resource.id} names ${to} ${target}`),
    ),
  )
}

describe('Churn', () => {
  test('adds, removes and changes what it says and nothing else', () => {
    const estate = small('churn')
    const clones = clonesOf(estate)
    const texts = () =>
      new Map(
        estate
          .scopes()
          .flatMap((scope) =>
            estate
              .list(scope.accountId, scope.region, scope.resourceType)
              .map(
                (resource) =>
                  [`${scopeKey(scope)}/${resource.id}`, JSON.stringify(clones.described(resource, 'host'))] as const,
              ),
          ),
      )
    const before = texts()
    const { added, removed, changed } = estate.churn({ seed: 'c', add: 60, remove: 70, change: 80 })
    const after = texts()
    const keys = (map: Map<string, string>, other: Map<string, string>) =>
      [...map.keys()].filter((key) => !other.has(key)).toSorted()
    expect(keys(after, before)).toEqual(added.toSorted())
    expect(keys(before, after)).toEqual(removed.toSorted())
    const different = [...after]
      .filter(([key, text]) => before.has(key) && before.get(key) !== text)
      .map(([key]) => key)
    expect(different.toSorted()).toEqual(changed.toSorted())
    expect(removed.length).toBeGreaterThanOrEqual(70)
    expect(changed.length).toBeGreaterThanOrEqual(80)
  })

  test('is the same for the same seed', () => {
    const request = { seed: 'same', add: 20, remove: 20, change: 20 }
    expect(small('twins').churn(request)).toEqual(small('twins').churn(request))
    expect(small('twins').churn({ ...request, seed: 'other' })).not.toEqual(small('twins').churn(request))
  })

  test('cannot remove or change more than there is', () => {
    expect(() => small('greedy').churn({ seed: 'c', remove: 5_000 })).toThrow(RangeError)
    expect(() => small('greedy').churn({ seed: 'c', change: 5_001 })).toThrow(RangeError)
  })

  test('leaves nothing that names what went', () => {
    const estate = small('holes')
    for (let round = 0; round < 5; round += 1) estate.churn({ seed: String(round), add: 30, remove: 200, change: 100 })
    expect(danglingOf(estate)).toEqual([])
  })
})

describe('The templates', () => {
  test('are one for each kind', () => {
    expect([...readTemplates().keys()].toSorted()).toEqual(kindNames.toSorted())
  })

  test.each(kindNames.map((kind) => [kind] as const))(
    'of %s hold no id of the account they were recorded in',
    (kind) => {
      const text = JSON.stringify(readTemplates().get(kind))
      expect(text).not.toMatch(/\b(vol|eni|sg|vpc|subnet|rtb|eipalloc|nat|i|snap|igw|r)-[0-9a-f]{17}\b/)
      expect(text).not.toMatch(/111111111111|eu-central-1|127\.0\.0\.1/)
    },
  )
})
