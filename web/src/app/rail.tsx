import { Link, useRouterState } from '@tanstack/react-router'
import { Icon, type IconName } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { useEscape } from '../components/use-escape.ts'
import { useStore } from '../lib/store.ts'
import { frame, toggleRail } from './frame-state.ts'
import { belongsTo, pages } from './pages.ts'
import styles from './rail.module.css'

type To = (typeof pages)[number]['to'] | '/settings'

const RailLink = ({ to, title, icon, onClick }: { to: To; title: string; icon: IconName; onClick: () => void }) => {
  const isHere = useRouterState({ select: ({ location }) => belongsTo(to, location.pathname) })
  return (
    <Link
      to={to}
      className={styles.link ?? ''}
      activeOptions={{ exact: true, includeSearch: false }}
      data-here={isHere}
      onClick={onClick}
      title={title}
    >
      <Icon name={icon} />
      <span>{title}</span>
    </Link>
  )
}

/** The way between pages: a column, 48 px when collapsed, and a layer over the page on narrow screens. */
export const Rail = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const { collapsed } = useStore(frame)
  useEscape(open, onClose)
  return (
    <>
      {open && <div className={styles.veil} onClick={onClose} aria-hidden="true" />}
      <nav className={styles.rail} aria-label="Pages" data-collapsed={collapsed && !open} data-open={open}>
        <p className={styles.product}>
          <img src="/favicon.svg" alt="" width="18" height="18" />
          <span>AWS Integration</span>
        </p>
        <ul className={styles.pages}>
          {pages.map((page) => (
            <li key={page.to}>
              <RailLink {...page} onClick={onClose} />
            </li>
          ))}
        </ul>
        <div className={styles.foot}>
          <RailLink to="/settings" title="Settings" icon="settings" onClick={onClose} />
          <IconButton
            icon={collapsed ? 'expand' : 'collapse'}
            label={collapsed ? 'Expand the rail' : 'Collapse the rail'}
            className={styles.toggle}
            onClick={toggleRail}
          />
        </div>
      </nav>
    </>
  )
}
