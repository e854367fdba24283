import Button from '@mui/material/Button'
import { useMemo } from 'react'
import { Loadable } from '../../components/loadable.tsx'
import { counted, formatNumber } from '../../lib/format.ts'
import { ledgerRegions } from '../../lib/scope.ts'
import { useCatalog } from '../../lib/use-catalog.ts'
import { useScope } from '../../lib/use-scope.ts'
import styles from './discovery.module.css'
import type { DiscoverySearch } from './discovery-search.ts'
import { matrixOf } from './matrix-model.ts'
import { NoLine } from './no-line.tsx'
import { ScopeMatrix } from './scope-matrix.tsx'
import { useMatrix } from './use-ledger.ts'

interface LedgerMatrixProps {
  search: DiscoverySearch
  onOpen: (key: string) => void
}

/** The ledger as a picture, some accounts at a time. */
export const LedgerMatrix = ({ search, onOpen }: LedgerMatrixProps) => {
  const query = useMatrix()
  const catalog = useCatalog()
  const { region } = useScope()
  const { status, held } = search
  const filter = useMemo(
    () => ({ status, held: held !== undefined, region: region && ledgerRegions(region) }),
    [status, held, region],
  )
  const pages = query.data?.pages
  const matrix = useMemo(
    () => matrixOf(pages?.flatMap(({ rows }) => rows) ?? [], catalog, filter),
    [pages, catalog, filter],
  )
  const accounts = pages?.[0]?.accounts ?? 0
  const loaded = new Set(pages?.flatMap(({ rows }) => rows.map(({ accountId }) => accountId))).size
  return (
    <Loadable query={query} what="The ledger could not be loaded">
      {() => (
        <>
          {matrix.rows.length === 0 && !query.hasNextPage && <NoLine search={search} />}
          {matrix.rows.length > 0 && <ScopeMatrix matrix={matrix} filter={filter} open={search.open} onOpen={onOpen} />}
          {query.hasNextPage ? (
            <p className={styles.more}>
              <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show more accounts ({formatNumber(loaded)} of {formatNumber(accounts)})
              </Button>
            </p>
          ) : (
            accounts > 0 && (
              <p className="muted">{counted(accounts, 'account')}. Arrow keys walk the cells, Enter opens.</p>
            )
          )}
        </>
      )}
    </Loadable>
  )
}
