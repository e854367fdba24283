import { TextFilter } from '../../../components/filter/text-filter.tsx'
import { Icon } from '../../../components/icon.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { counted } from '../../../lib/format.ts'
import { memberState } from '../member-state.ts'
import { CheckMark } from './check-mark.tsx'
import styles from './tree.module.css'
import {
  canJoin,
  checkedState,
  membersIn,
  type Checked,
  type Member,
  type Selection,
  type TreeRow,
  type UnitNode,
} from './tree-model.ts'
import { useTree, type OrganizationTreeProps } from './use-tree.ts'

/** Units and accounts with a box each: arrows walk and open, space chooses, as the ARIA pattern of a tree asks. */
export const OrganizationTree = (props: OrganizationTreeProps) => {
  const { rows, text, tabStop, onText, onCurrent, onKey, onToggle, onExpand } = useTree(props)
  return (
    <div className={styles.frame}>
      <TextFilter
        isFlush
        label="Find accounts and units"
        placeholder="Account, id, email or unit"
        value={text}
        onChange={onText}
      />
      {rows.length === 0 ? (
        <p className={styles.none}>No account or unit is called so.</p>
      ) : (
        <div
          role="tree"
          tabIndex={-1}
          aria-label="Accounts of the organization"
          aria-multiselectable="true"
          className={styles.tree}
          onKeyDown={onKey}
        >
          {rows.map((row) => (
            <Line
              key={row.key}
              row={row}
              selection={props.selection}
              isTabStop={row.key === tabStop}
              onFocus={() => onCurrent(row.key)}
              onToggle={() => onToggle(row)}
              onExpand={() => onExpand(row.key, !row.isExpanded)}
            />
          ))}
        </div>
      )}
    </div>
  )
}

interface LineProps {
  row: TreeRow
  selection: Selection
  isTabStop: boolean
  onFocus: () => void
  onToggle: () => void
  onExpand: () => void
}

const checkedOf = ({ node }: TreeRow, selection: Selection): Checked =>
  node.kind === 'unit'
    ? checkedState(node, selection)
    : selection.accounts.has(node.member.accountId)
      ? 'true'
      : 'false'

const Line = ({ row, selection, isTabStop, onFocus, onToggle, onExpand }: LineProps) => {
  const { node, level, position, siblings, isExpanded } = row
  const isOpen = node.kind === 'unit' || canJoin(node.member)
  const checked = checkedOf(row, selection)
  return (
    // The tree hears the keys for all its lines.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={`tree-${row.key}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={node.kind === 'unit' ? isExpanded : undefined}
      aria-checked={isOpen ? checked : undefined}
      aria-disabled={!isOpen}
      tabIndex={isTabStop ? 0 : -1}
      className={styles.line}
      style={{ paddingLeft: 8 + (level - 1) * 20 }}
      onFocus={onFocus}
      onClick={onToggle}
    >
      <span
        className={styles.opener}
        data-open={isExpanded}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation()
          if (node.kind === 'unit') onExpand()
        }}
      >
        {node.kind === 'unit' && <Icon name="expand" size={12} />}
      </span>
      <CheckMark checked={checked} isOff={!isOpen} />
      {node.kind === 'unit' ? <UnitWords node={node} /> : <MemberWords row={node} />}
    </div>
  )
}

const UnitWords = ({ node }: { node: UnitNode }) => {
  const members = membersIn(node)
  const connected = members.filter(({ connection }) => connection !== null).length
  return (
    <>
      <span className={styles.unit}>{node.unit.name}</span>
      <span className="muted">
        {counted(members.length, 'account')}
        {connected > 0 && `, ${connected} connected`}
      </span>
      {node.unit.environment && <span className={styles.environment}>{node.unit.environment}</span>}
    </>
  )
}

const MemberWords = ({ row: { member } }: { row: { member: Member } }) => {
  const state = memberState(member)
  return (
    <>
      <span className={styles.member} title={member.email}>
        {member.name}
      </span>
      <span className="mono muted">{member.accountId}</span>
      {state && <StatusMark status={state} />}
    </>
  )
}
