import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import type { NeedsYou } from '@dashboard/contract/overview.ts'
import Button from '@mui/material/Button'
import { EmptyState } from '../../../components/empty-state.tsx'
import { saveFile } from '../../../lib/files/save-file.ts'
import { counted, formatNumber } from '../../../lib/format.ts'
import { useAccountActions } from '../use-account-actions.ts'
import { accountsCsv } from './accounts-csv.ts'
import { isFiltered, type AccountsSearch, type SortKey } from './accounts-search.ts'
import { accountsShown, grouped } from './accounts-shown.ts'
import { AccountsTable } from './accounts-table.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { columnsWith, isWorthShowing } from './columns.tsx'
import { FilterBar, PhaseChips } from './filter-bar.tsx'
import styles from './list.module.css'
import { useListKeys } from './use-list-keys.ts'
import { useSelection } from './use-selection.ts'

const pageSize = 100

interface AccountsListProps {
  /** All in the scope. */
  accounts: AWSAccountSummary[]
  lost: (id: string) => NeedsYou | undefined
  search: AccountsSearch
  onSearch: (change: Partial<AccountsSearch>) => void
  onOpen: (id: string) => void
}

/** The accounts the address asks for, with what can be done to several of them. */
export const AccountsList = ({ accounts, lost, search, onSearch, onOpen }: AccountsListProps) => {
  const all = grouped(accountsShown(accounts, search), search.group)
  const ordered = all.flatMap((group) => group.accounts)
  const pages = Math.max(1, Math.ceil(ordered.length / pageSize))
  const page = Math.min(search.page ?? 1, pages)
  const shown = ordered.slice((page - 1) * pageSize, page * pageSize)
  const ids = ordered.map(({ id }) => id)
  const selection = useSelection(ids)
  const actions = useAccountActions()
  const chosen = ordered.filter(({ id }) => selection.selected.has(id))
  const save = () => saveFile('accounts.csv', accountsCsv(chosen.length ? chosen : ordered), 'text/csv')
  const cursor = useListKeys({
    ids: shown.map(({ id }) => id),
    onOpen,
    onToggle: selection.toggle,
    onExport: save,
    onClear: selection.clear,
  })
  const sort = (key: SortKey) => {
    const isSame = (search.sort ?? 'name') === key
    onSearch({ sort: key === 'name' ? undefined : key, order: isSame && !search.order ? 'desc' : undefined })
  }
  return (
    <div className={styles.list}>
      <FilterBar accounts={accounts} search={search} onChange={onSearch} />
      <div className={styles.above}>
        {chosen.length > 0 ? (
          <BulkBar
            accounts={chosen}
            total={ordered.length}
            actions={actions}
            onExport={save}
            onAll={() => selection.toggleAll(ids, true)}
            onClear={selection.clear}
          />
        ) : (
          <>
            <span className="muted" role="status">
              {ordered.length === accounts.length
                ? counted(accounts.length, 'account')
                : `${formatNumber(ordered.length)} of ${counted(accounts.length, 'account')}`}
            </span>
            <PhaseChips accounts={accounts} search={search} onChange={onSearch} />
            <Button variant="text" className={styles.export ?? ''} onClick={save}>
              Export CSV
            </Button>
          </>
        )}
      </div>
      {shown.length === 0 ? (
        <NothingFound search={search} onSearch={onSearch} />
      ) : (
        <AccountsTable
          columns={columnsWith(lost).filter(isWorthShowing(accounts, search.group))}
          groups={grouped(shown, search.group)}
          sizes={new Map(all.map((group) => [group.title, sizeOf(group.accounts)]))}
          search={search}
          selected={selection.selected}
          cursor={cursor}
          onSort={sort}
          onToggle={selection.toggle}
          onToggleAll={(on) =>
            selection.toggleAll(
              shown.map(({ id }) => id),
              on,
            )
          }
          onOpen={onOpen}
        />
      )}
      {pages > 1 && <Paging page={page} pages={pages} onPage={(next) => onSearch({ page: next })} />}
    </div>
  )
}

const sizeOf = (accounts: readonly AWSAccountSummary[]) => ({
  accounts: accounts.length,
  resources: accounts.reduce((sum, { resourceCount }) => sum + resourceCount, 0),
})

type SearchProps = Pick<AccountsListProps, 'search' | 'onSearch'>

const NothingFound = ({ search, onSearch }: SearchProps) => (
  <EmptyState
    icon="filter"
    title={search.text ? `No account matches “${search.text}” and the other filters` : 'No account matches the filters'}
    action={
      isFiltered(search) && (
        <Button
          onClick={() =>
            onSearch({
              text: undefined,
              phase: undefined,
              method: undefined,
              environment: undefined,
              exposed: undefined,
            })
          }
        >
          Remove the filters
        </Button>
      )
    }
  />
)

const Paging = ({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) => (
  <nav className={styles.paging} aria-label="Pages of accounts">
    <Button disabled={page === 1} onClick={() => onPage(page - 1)}>
      Previous
    </Button>
    <span>
      Page {page} of {pages}
    </span>
    <Button disabled={page === pages} onClick={() => onPage(page + 1)}>
      Next
    </Button>
  </nav>
)
