import { useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { IconButton } from '../components/icon-button.tsx'
import styles from './ignored-params.module.css'

/** Parameters of the address that the page did not take up: it does not know them, or what they say makes no sense. */
const useIgnored = (): string[] =>
  useRouterState({
    select: ({ location, matches, status }) => {
      const page = matches.at(-1)
      if (status === 'pending' || !page || page.pathname !== location.pathname) return []
      const known = new Map<string, unknown>(Object.entries(page._strictSearch))
      return Object.keys(location.search).filter((key) => known.get(key) === undefined)
    },
    structuralSharing: true,
  })

/** An old or mistyped link still shows a page; it says which part of the link it could not follow. */
export const IgnoredParams = () => {
  const ignored = useIgnored()
  const words = ignored.join(', ')
  const [dismissed, setDismissed] = useState('')
  if (words === '' || words === dismissed) return null
  return (
    <p className={styles.notice} role="status">
      <span>
        This page does not know what <span className="mono">{words}</span> in the address means, and ignores it.
      </span>
      <IconButton icon="close" label="Dismiss" onClick={() => setDismissed(words)} />
    </p>
  )
}
