import { useState } from 'react'

/** Which rows are selected; a range reaches from the row chosen last. */
export const useSelection = (ids: readonly string[]) => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [last, setLast] = useState<string | null>(null)
  const toggle = (id: string, withRange: boolean) => {
    const [from, to] = [ids.indexOf(last ?? id), ids.indexOf(id)]
    const range = withRange && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id]
    setSelected((before) => {
      const next = new Set(before)
      for (const each of range) {
        if (withRange || !before.has(id)) next.add(each)
        else next.delete(each)
      }
      return next
    })
    setLast(id)
  }
  const toggleAll = (these: readonly string[], on: boolean) =>
    setSelected((before) => new Set([...before].filter((id) => !these.includes(id)).concat(on ? these : [])))
  return { selected, toggle, toggleAll, clear: () => setSelected(new Set()) }
}
