import type { OrganizationAccount, OrganizationalUnit } from '@dashboard/contract/organizations.ts'
import type { z } from 'zod'

export type Unit = z.infer<typeof OrganizationalUnit>
export type Member = z.infer<typeof OrganizationAccount>

export interface UnitNode {
  kind: 'unit'
  key: string
  unit: Unit
  units: UnitNode[]
  members: Member[]
}

/** What is to be connected; a unit stands for those that come later, too. */
export interface Selection {
  accounts: ReadonlySet<string>
  units: ReadonlySet<string>
}

export const nothing: Selection = { accounts: new Set(), units: new Set() }

export const canJoin = ({ state, connection }: Member): boolean => state === 'ACTIVE' && connection === null

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

/** The roots of an organization, usually one, each with what is in it. */
export const treeOf = (units: readonly Unit[], members: readonly Member[]): UnitNode[] => {
  const below = Map.groupBy(units, ({ parentId }) => parentId)
  const inUnit = Map.groupBy(members, ({ ouId }) => ouId)
  const nodeOf = (unit: Unit): UnitNode => ({
    kind: 'unit',
    key: unit.id,
    unit,
    units: (below.get(unit.id) ?? []).toSorted(byName).map(nodeOf),
    members: (inUnit.get(unit.id) ?? []).toSorted(byName),
  })
  return (below.get(null) ?? []).map(nodeOf)
}

export const unitsIn = (node: UnitNode): UnitNode[] => [node, ...node.units.flatMap(unitsIn)]

export const membersIn = (node: UnitNode): Member[] => unitsIn(node).flatMap(({ members }) => members)

export type Checked = 'true' | 'false' | 'mixed'

/** A unit is chosen as such, or when everything in it that can be chosen is. */
export const checkedState = (node: UnitNode, { accounts, units }: Selection): Checked => {
  if (units.has(node.key)) return 'true'
  const open = membersIn(node).filter(canJoin)
  const chosen = open.filter(({ accountId }) => accounts.has(accountId)).length
  if (open.length > 0 && chosen === open.length) return 'true'
  return chosen > 0 || unitsIn(node).some(({ key }) => units.has(key)) ? 'mixed' : 'false'
}

const pathTo = (nodes: readonly UnitNode[], key: string): UnitNode[] => {
  for (const node of nodes) {
    if (node.key === key) return [node]
    const rest = pathTo(node.units, key)
    if (rest.length) return [node, ...rest]
  }
  return []
}

const changed = (before: ReadonlySet<string>, values: readonly string[], on: boolean): Set<string> => {
  const rest = [...before].filter((value) => !values.includes(value))
  return new Set(on ? [...rest, ...values] : rest)
}

/** Choosing a unit chooses all in it; letting one thing go lets go of the units around it, which are no longer whole. */
export const withUnit = (tree: readonly UnitNode[], selection: Selection, node: UnitNode, on: boolean): Selection => {
  const inside = unitsIn(node).map(({ key }) => key)
  const around = pathTo(tree, node.key).map(({ key }) => key)
  return {
    accounts: changed(
      selection.accounts,
      membersIn(node)
        .filter(canJoin)
        .map(({ accountId }) => accountId),
      on,
    ),
    units: changed(selection.units, on ? inside : [...inside, ...around], on),
  }
}

export const withMember = (
  tree: readonly UnitNode[],
  selection: Selection,
  member: Member,
  on: boolean,
): Selection => ({
  accounts: changed(selection.accounts, [member.accountId], on),
  units: on
    ? selection.units
    : changed(
        selection.units,
        pathTo(tree, member.ouId).map(({ key }) => key),
        false,
      ),
})

/** The outermost units that are wholly chosen: those whose later accounts can connect by themselves. */
export const wholeUnits = (tree: readonly UnitNode[], selection: Selection): Unit[] =>
  tree.flatMap((node) => (checkedState(node, selection) === 'true' ? [node.unit] : wholeUnits(node.units, selection)))

export interface TreeRow {
  key: string
  level: number
  position: number
  siblings: number
  node: UnitNode | { kind: 'member'; member: Member }
  isExpanded: boolean
  parent: string | null
}

const found = (texts: readonly string[], wanted: string): boolean =>
  texts.some((text) => text.toLowerCase().includes(wanted))

/** The part of a tree that a text names: a unit with all in it, or members with the units around them. */
export const searched = (nodes: readonly UnitNode[], text: string): UnitNode[] => {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return [...nodes]
  return nodes.flatMap((node) => {
    if (node.unit.parentId !== null && found([node.unit.name, node.key], wanted)) return [node]
    const units = searched(node.units, text)
    const members = node.members.filter(({ name, accountId, email }) => found([name, accountId, email], wanted))
    return units.length || members.length ? [{ ...node, units, members }] : []
  })
}

/** The lines to show, from top to bottom. */
export const rowsOf = (
  nodes: readonly UnitNode[],
  isExpanded: (key: string) => boolean,
  level = 1,
  parent: UnitNode | null = null,
): TreeRow[] =>
  nodes.flatMap((node, index) => {
    const open = isExpanded(node.key)
    const line: TreeRow = {
      key: node.key,
      level,
      position: index + 1,
      siblings: nodes.length + (parent?.members.length ?? 0),
      node,
      isExpanded: open,
      parent: parent?.key ?? null,
    }
    if (!open) return [line]
    const units = rowsOf(node.units, isExpanded, level + 1, node)
    const members = node.members.map((member, at): TreeRow => ({
      key: member.accountId,
      level: level + 1,
      position: node.units.length + at + 1,
      siblings: node.units.length + node.members.length,
      node: { kind: 'member', member },
      isExpanded: false,
      parent: node.key,
    }))
    return [line, ...units, ...members]
  })
