import { useMemo, useState } from 'react'
import type { Row } from './columns.tsx'
import { between, type Item } from './items.ts'

type Selected = ReadonlyMap<string, Row>

const rowsOf = (items: readonly Item[], ids: readonly string[]): [string, Row][] =>
  items.flatMap((item) => (item.kind === 'row' && ids.includes(item.id) ? [[item.id, item.row]] : []))

/** The rows that are selected; they stay so when the list moves on. */
export const useSelection = (items: readonly Item[]) => {
  const [selected, setSelected] = useState<Selected>(new Map())
  const [last, setLast] = useState<string>()
  const add = (ids: readonly string[]) => setSelected(new Map([...selected, ...rowsOf(items, ids)]))
  return {
    ids: useMemo(() => new Set(selected.keys()), [selected]),
    rows: [...selected.values()],
    /** `isRange`: everything from the last one to this one. */
    toggle: (id: string, isRange: boolean) => {
      if (isRange && last !== undefined) add(between(items, last, id))
      else if (selected.has(id)) setSelected(new Map([...selected].filter(([other]) => other !== id)))
      else add([id])
      setLast(id)
    },
    all: (isOn: boolean) => (isOn ? add(items.map(({ id }) => id)) : setSelected(new Map())),
    clear: () => setSelected(new Map()),
  }
}
