import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { scopeWords } from '../lib/scope.ts'
import { useAccounts } from '../lib/use-accounts.ts'
import { useScope } from '../lib/use-scope.ts'
import styles from './scope-control.module.css'

// Loaded at the first press: the first page needs no list of accounts.
const ScopePopover = lazy(async () => ({ default: (await import('./scope-popover.tsx')).ScopePopover }))

/** Pages that show a part of the estate, or hand it on to the rows behind their figures. */
const narrowed = ['/', '/resources', '/accounts', '/discovery']

/** Which accounts and regions are looked at; it stands in the address and goes along from page to page. */
export const ScopeControl = () => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const scope = useScope()
  const accounts = useAccounts().data?.items
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const isUseful = narrowed.includes(path)
  const chosen = (scope.account?.length ?? 0) + (scope.region?.length ?? 0)
  const words = scopeWords(scope, (id) => accounts?.find(({ accountId }) => accountId === id)?.name ?? id)
  return (
    <>
      <button
        type="button"
        className={styles.control}
        data-narrowed={!scope.isWhole}
        disabled={!isUseful}
        title={isUseful ? `Scope: ${words}` : `This page always shows everything. The scope stays: ${words}`}
        aria-label={`Scope: ${words}`}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <Icon name="scope" size={14} />
        <span className={styles.words}>{words}</span>
        {chosen > 0 && <span className={styles.count} data-count={chosen} />}
        <Icon name="down" size={12} />
      </button>
      <Suspense fallback={null}>
        {anchor && isUseful && <ScopePopover anchor={anchor} scope={scope} onClose={() => setAnchor(null)} />}
      </Suspense>
    </>
  )
}
