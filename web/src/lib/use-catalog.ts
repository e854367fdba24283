import type { CatalogEntry } from '@dashboard/contract/catalog.ts'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { api } from './api.ts'
import { shortType } from './format.ts'

export type CatalogType = z.infer<typeof CatalogEntry>

const none: CatalogType[] = []

/** The resource types we discover. It changes with the product only, so it is asked for once. */
export const useCatalog = (): readonly CatalogType[] =>
  useQuery(api.catalog.list.queryOptions({ staleTime: Infinity })).data?.items ?? none

/** How a type reads: `Security group` for `AWS::EC2::SecurityGroup`. */
export const useTypeLabel = (): ((resourceType: string) => string) => {
  const catalog = useCatalog()
  return (resourceType) =>
    catalog.find((entry) => entry.resourceType === resourceType)?.label ?? shortType(resourceType)
}
