import { useMemo, useState, type KeyboardEvent } from 'react'
import {
  canJoin,
  checkedState,
  membersIn,
  rowsOf,
  searched,
  unitsIn,
  withMember,
  withUnit,
  type Selection,
  type TreeRow,
  type UnitNode,
} from './tree-model.ts'

export interface OrganizationTreeProps {
  tree: UnitNode[]
  selection: Selection
  onSelect: (selection: Selection) => void
}

/** With more accounts than this only the roots are open at first. */
const mostOpen = 60

const firstOpen = (tree: UnitNode[]): Set<string> => {
  const isSmall = tree.flatMap(membersIn).length <= mostOpen
  return new Set((isSmall ? tree.flatMap(unitsIn) : tree).map(({ key }) => key))
}

const childOf = (rows: readonly TreeRow[], at: number): string | null => {
  const next = rows[at + 1]
  return next && next.parent === rows[at]?.key ? next.key : null
}

/** What a tree shows, where its one tab stop is, and what its keys do: those of the ARIA pattern. */
export const useTree = ({ tree, selection, onSelect }: OrganizationTreeProps) => {
  const [open, setOpen] = useState(() => firstOpen(tree))
  const [text, setText] = useState('')
  const [current, setCurrent] = useState<string | null>(null)
  const isSearching = text.trim() !== ''
  const rows = useMemo(
    () => rowsOf(searched(tree, text), (key) => isSearching || open.has(key)),
    [tree, text, isSearching, open],
  )
  const tabStop = rows.some(({ key }) => key === current) ? current : rows[0]?.key
  const expand = (key: string, on: boolean) =>
    setOpen((before) => {
      const next = new Set(before)
      if (on) next.add(key)
      else next.delete(key)
      return next
    })
  const toggle = ({ node }: TreeRow) => {
    if (node.kind === 'unit') onSelect(withUnit(tree, selection, node, checkedState(node, selection) !== 'true'))
    else if (canJoin(node.member))
      onSelect(withMember(tree, selection, node.member, !selection.accounts.has(node.member.accountId)))
  }
  const go = (key: string | null | undefined) => {
    if (!key) return
    setCurrent(key)
    document.getElementById(`tree-${key}`)?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ key }) => key === tabStop)
    const row = rows[at]
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return
    const actions: Record<string, () => void> = {
      ArrowDown: () => go(rows[at + 1]?.key),
      ArrowUp: () => go(rows[at - 1]?.key),
      Home: () => go(rows[0]?.key),
      End: () => go(rows.at(-1)?.key),
      ArrowRight: () => row.node.kind === 'unit' && (row.isExpanded ? go(childOf(rows, at)) : expand(row.key, true)),
      ArrowLeft: () => (row.isExpanded && !isSearching ? expand(row.key, false) : go(row.parent)),
      ' ': () => toggle(row),
      Enter: () => toggle(row),
    }
    const act = actions[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return { rows, text, tabStop, onText: setText, onCurrent: setCurrent, onKey, onToggle: toggle, onExpand: expand }
}
