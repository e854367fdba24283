import { describe, expect, it } from 'vitest'
import {
  checkedState,
  nothing,
  rowsOf,
  searched,
  treeOf,
  wholeUnits,
  withMember,
  withUnit,
  type Member,
  type Unit,
} from './tree-model.ts'

const unit = (id: string, name: string, parentId: string | null): Unit => ({
  id,
  name,
  parentId,
  path: name,
  environment: null,
  accounts: 0,
  connected: 0,
})
const member = (accountId: string, name: string, ouId: string, part: Partial<Member> = {}): Member => ({
  accountId,
  name,
  email: `${name}@example.com`,
  ouId,
  ouPath: ouId,
  state: 'ACTIVE',
  joinedOrganizationAt: null,
  connection: null,
  ...part,
})

const connection = { id: 'c', name: 'c', status: 'active', phase: 'CONNECTED' } as const
const members = [
  member('111111111111', 'management', 'root', { connection }),
  member('222222222222', 'payments', 'prod'),
  member('333333333333', 'orders', 'prod'),
  member('444444444444', 'old', 'prod', { state: 'SUSPENDED' }),
  member('555555555555', 'play', 'sandbox'),
]
const tree = treeOf(
  [
    unit('root', 'Root', null),
    unit('work', 'Workloads', 'root'),
    unit('prod', 'Production', 'work'),
    unit('sandbox', 'Sandbox', 'root'),
    unit('empty', 'Empty', 'root'),
  ],
  members,
)
const nodeOf = (key: string) => {
  const find = (nodes: typeof tree): (typeof tree)[number] | undefined =>
    nodes.find((node) => node.key === key) ?? nodes.map(({ units }) => find(units)).find(Boolean)
  const node = find(tree)
  if (!node) throw new Error(`no unit ${key}`)
  return node
}

describe('choosing accounts in the tree of an organization', () => {
  it('a unit chooses what can be connected in it and below, and nothing else', () => {
    const chosen = withUnit(tree, nothing, nodeOf('root'), true)
    expect([...chosen.accounts].toSorted()).toEqual(['222222222222', '333333333333', '555555555555'])
  })

  it('a unit of which a part is chosen is neither chosen nor not', () => {
    const payments = members[1] as Member
    const one = withMember(tree, nothing, payments, true)
    expect(checkedState(nodeOf('prod'), one)).toBe('mixed')
    expect(checkedState(nodeOf('work'), one)).toBe('mixed')
    expect(checkedState(nodeOf('sandbox'), one)).toBe('false')
    const both = withMember(tree, one, members[2] as Member, true)
    expect(checkedState(nodeOf('prod'), both)).toBe('true')
  })

  it('letting one account go lets go of the units around it, and of no other', () => {
    const all = withUnit(tree, nothing, nodeOf('root'), true)
    const less = withMember(tree, all, members[1] as Member, false)
    expect(checkedState(nodeOf('root'), less)).toBe('mixed')
    expect(checkedState(nodeOf('prod'), less)).toBe('mixed')
    expect(checkedState(nodeOf('sandbox'), less)).toBe('true')
  })

  it('an empty unit can be chosen for the accounts that come later', () => {
    const chosen = withUnit(tree, nothing, nodeOf('empty'), true)
    expect(checkedState(nodeOf('empty'), chosen)).toBe('true')
    expect(checkedState(nodeOf('root'), chosen)).toBe('mixed')
    expect(wholeUnits(tree, chosen).map(({ id }) => id)).toEqual(['empty'])
  })

  it('names the outermost whole units only', () => {
    const chosen = withUnit(tree, nothing, nodeOf('work'), true)
    expect(wholeUnits(tree, chosen).map(({ id }) => id)).toEqual(['work'])
  })
})

describe('the lines of the tree', () => {
  it('hide what is in a closed unit and count siblings as a screen reader says them', () => {
    const rows = rowsOf(tree, (key) => key === 'root')
    expect(rows.map(({ key, level, position, siblings }) => [key, level, position, siblings])).toEqual([
      ['root', 1, 1, 1],
      ['empty', 2, 1, 4],
      ['sandbox', 2, 2, 4],
      ['work', 2, 3, 4],
      ['111111111111', 2, 4, 4],
    ])
  })

  it('a search keeps the units around what it finds', () => {
    const keys = (text: string) => rowsOf(searched(tree, text), () => true).map(({ key }) => key)
    expect(keys('orders')).toEqual(['root', 'work', 'prod', '333333333333'])
    expect(keys('sandbox')).toEqual(['root', 'sandbox', '555555555555'])
    expect(keys('nowhere')).toEqual([])
  })
})
