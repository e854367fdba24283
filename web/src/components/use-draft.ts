import { useEffect, useRef, useState } from 'react'

const settleMs = 120

/**
 * A text that is edited here and kept elsewhere: reported once typing rests, replaced when the other side changes on
 * its own. `onSettled` gives back what the other side will keep of it; the setter's second argument says that it
 * keeps exactly this already.
 */
export const useDraft = (kept: string, onSettled: (typed: string) => string) => {
  const [draft, setDraft] = useState(kept)
  const known = useRef(kept)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const report = useRef(onSettled)
  useEffect(() => {
    report.current = onSettled
  })
  useEffect(() => {
    if (kept === known.current) return
    known.current = kept
    setDraft(kept)
  }, [kept])
  useEffect(() => () => clearTimeout(timer.current), [])
  const set = (typed: string, isKnown = false) => {
    setDraft(typed)
    clearTimeout(timer.current)
    if (isKnown) {
      known.current = typed
      return
    }
    timer.current = setTimeout(() => {
      known.current = report.current(typed)
    }, settleMs)
  }
  return [draft, set] as const
}
