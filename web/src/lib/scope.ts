import { many } from './search-params.ts'
import type { FacetValue } from './suggest.ts'

/**
 * The part of the estate that is looked at, as it stands in the address of every page: accounts by id or name, regions
 * by code. Absent means all of them; an empty list is how a link says “all of them” where a scope is set.
 */
export interface ScopeSearch {
  account?: string[] | undefined
  region?: string[] | undefined
}

export const scopeKeys = ['account', 'region'] as const satisfies readonly (keyof ScopeSearch)[]

export const scopeSearch = (raw: Record<string, unknown>): ScopeSearch => {
  const account = many(raw['account'])
  const region = many(raw['region'])
  return { ...(account ? { account } : {}), ...(region ? { region } : {}) }
}

export const isWholeEstate = ({ account, region }: ScopeSearch): boolean => !account?.length && !region?.length

/** The same page over another part of the estate: its lists start again at their first page. */
export const withScope = <T extends Record<string, unknown>>(search: T, { account = [], region = [] }: ScopeSearch) => {
  const { page: _page, after: _after, ...rest } = search
  return { ...rest, account, region }
}

export const toggled = (values: readonly string[], value: string, on: boolean): string[] => {
  const others = values.filter((other) => other !== value)
  return on ? [...others, value] : others
}

/** Account ids for names or ids as they stand in the address; what no account is called stays, and finds nothing. */
export const accountIdsOf = (
  wanted: readonly string[],
  accounts: readonly Pick<FacetValue, 'value' | 'label'>[],
): { ids: string[]; unknown: string[] } => {
  const found = wanted.map((name) => ({
    name,
    id: /^\d{12}$/.test(name) ? name : accounts.find(({ label }) => label === name)?.value,
  }))
  return {
    ids: found.flatMap(({ id }) => id ?? []),
    unknown: found.flatMap(({ id, name }) => (id === undefined ? [name] : [])),
  }
}

const words = (values: readonly string[] | undefined, all: string, several: string): string => {
  if (!values?.length) return all
  return values.length === 1 ? (values[0] ?? '') : `${values.length} ${several}`
}

/** `payments-prod · 2 regions`. */
export const scopeWords = ({ account, region }: ScopeSearch, nameOf: (account: string) => string): string =>
  `${words(account?.map(nameOf), 'All accounts', 'accounts')} · ${words(region, 'All regions', 'regions')}`

/** The regions whose ledger lines answer for these: the lists of global services hold regional resources too. */
export const ledgerRegions = (regions: readonly string[]): string[] => [...new Set([...regions, 'global'])]
