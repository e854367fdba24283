import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { Fragment } from 'react'
import { counted, formatNumber } from '../../../lib/format.ts'
import type { AccountsSearch, SortKey } from './accounts-search.ts'
import type { AccountGroup } from './accounts-shown.ts'
import type { AccountColumn } from './columns.tsx'
import styles from './list.module.css'

interface AccountsTableProps {
  columns: AccountColumn[]
  groups: AccountGroup[]
  /** Accounts of each group beyond this page too, by title: what the group's line counts. */
  sizes: ReadonlyMap<string | null, { accounts: number; resources: number }>
  search: AccountsSearch
  selected: ReadonlySet<string>
  cursor: string | null
  onSort: (key: SortKey) => void
  onToggle: (id: string, withRange: boolean) => void
  onToggleAll: (on: boolean) => void
  onOpen: (id: string) => void
}

const cameFromControl = (target: EventTarget) =>
  target instanceof Element && target.closest('a,button,input,label') !== null

/** The list: sorted by its heads, selected by its boxes, in groups where that is asked for. */
export const AccountsTable = (props: AccountsTableProps) => {
  const { columns, groups, selected, onToggleAll } = props
  const shown = groups.flatMap(({ accounts }) => accounts)
  const isAll = shown.length > 0 && shown.every(({ id }) => selected.has(id))
  return (
    // A box that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={styles.box} tabIndex={0} role="region" aria-label="Accounts, table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.select}>
              <label className={styles.hit}>
                <input
                  type="checkbox"
                  aria-label="Select all accounts of this page"
                  checked={isAll}
                  ref={(box) => {
                    if (box) box.indeterminate = !isAll && shown.some(({ id }) => selected.has(id))
                  }}
                  onChange={({ target }) => onToggleAll(target.checked)}
                />
              </label>
            </th>
            {columns.map((column) => (
              <Head key={column.title} column={column} {...props} />
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Group key={group.title} group={group} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Head = ({ column, search, onSort }: AccountsTableProps & { column: AccountColumn }) => {
  const { title, sort, align } = column
  const isSorted = sort !== undefined && (search.sort ?? 'name') === sort
  const direction = search.order === 'desc' ? 'descending' : 'ascending'
  return (
    <th scope="col" data-align={align} aria-sort={isSorted ? direction : undefined}>
      {sort === undefined ? (
        title
      ) : (
        <button type="button" onClick={() => onSort(sort)}>
          {title}
          <span aria-hidden="true" className={styles.arrow}>
            {isSorted ? (search.order === 'desc' ? '↓' : '↑') : ''}
          </span>
        </button>
      )}
    </th>
  )
}

const Group = ({ group, ...props }: AccountsTableProps & { group: AccountGroup }) => {
  const size = props.sizes.get(group.title)
  return (
    <Fragment>
      {group.title !== null && (
        <tr className={styles.group}>
          <th scope="colgroup" colSpan={props.columns.length + 1}>
            <span>{group.title}</span>
            {size && (
              <span className="muted">
                {counted(size.accounts, 'account')}, {formatNumber(size.resources)} resources
              </span>
            )}
          </th>
        </tr>
      )}
      {group.accounts.map((account) => (
        <Row key={account.id} account={account} {...props} />
      ))}
    </Fragment>
  )
}

const Row = ({
  account,
  columns,
  selected,
  cursor,
  onToggle,
  onOpen,
}: AccountsTableProps & { account: AWSAccountSummary }) => {
  const { id, name, phase } = account
  return (
    <tr
      data-row={id}
      data-cursor={cursor === id}
      data-selected={selected.has(id)}
      data-resting={phase === 'PAUSED' || phase === 'RETIRED'}
      tabIndex={-1}
      onClick={({ target }) => !cameFromControl(target) && onOpen(id)}
    >
      <td className={styles.select}>
        <label className={styles.hit}>
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={selected.has(id)}
            onChange={({ nativeEvent }) => onToggle(id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)}
          />
        </label>
      </td>
      {columns.map(({ title, cell, align, most }) => (
        <td key={title} data-align={align}>
          {most === undefined ? (
            cell(account)
          ) : (
            <div className={styles.cut} style={{ maxWidth: most }}>
              {cell(account)}
            </div>
          )}
        </td>
      ))}
    </tr>
  )
}
