import type { SavedView } from '@dashboard/contract/views.ts'
import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { session } from '../../lib/session.ts'
import { useStore } from '../../lib/store.ts'
import { useViewChanges, useViews } from '../../lib/views/use-views.ts'
import { Icon } from '../icon.tsx'
import { IconButton } from '../icon-button.tsx'
import { Loadable } from '../loadable.tsx'
import styles from './views.module.css'

interface ViewsPopoverProps {
  anchor: HTMLElement
  page: SavedView['page']
  search: string
  onOpen: (view: SavedView) => void
  onSave: () => void
  onRename: (view: SavedView) => void
  onClose: () => void
}

export const ViewsPopover = ({ anchor, page, search, onOpen, onSave, onRename, onClose }: ViewsPopoverProps) => {
  const query = useViews(page)
  const after = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Saved views', sx: { boxShadow: 'var(--float)' } } }}
    >
      <div className={styles.popover}>
        <Loadable query={query} what="The views could not be loaded">
          {(views) =>
            views.length === 0 ? (
              <p className={styles.none}>A view is a filter with its columns, under a name. None is saved yet.</p>
            ) : (
              <ul className={styles.views}>
                {views.map((view) => (
                  <View
                    key={view.id}
                    view={view}
                    search={search}
                    onOpen={after(() => onOpen(view))}
                    onRename={after(() => onRename(view))}
                  />
                ))}
              </ul>
            )
          }
        </Loadable>
        <div className={styles.foot}>
          <Button autoFocus data-save onClick={after(onSave)}>
            Save this view
          </Button>
        </div>
      </div>
    </Popover>
  )
}

interface ViewProps {
  view: SavedView
  search: string
  onOpen: () => void
  onRename: () => void
}

const View = ({ view, search, onOpen, onRename }: ViewProps) => {
  const { update, remove } = useViewChanges()
  const now = useStore(session)
  const mayChange = view.own || (now.phase === 'signed-in' && now.user.role === 'admin')
  const isHere = view.search === search
  const sharing = view.shared ? 'Stop sharing' : 'Share'
  return (
    <li className={styles.view}>
      <button type="button" className={styles.open} aria-current={isHere ? 'true' : undefined} onClick={onOpen}>
        <span className={styles.name}>{view.name}</span>
        {view.shared && <span className="muted">{view.own ? 'shared' : view.owner}</span>}
        {isHere && <Icon name="check" size={12} />}
      </button>
      {mayChange && (
        <span className={styles.actions}>
          {!isHere && (
            <IconButton
              icon="retry"
              label={`Replace ${view.name} by what shows now`}
              onClick={() => update.mutate({ id: view.id, search })}
            />
          )}
          <IconButton
            icon="share"
            label={`${sharing} ${view.name}`}
            aria-pressed={view.shared}
            onClick={() => update.mutate({ id: view.id, shared: !view.shared })}
          />
          <IconButton icon="edit" label={`Rename ${view.name}`} onClick={onRename} />
          <IconButton
            icon="trash"
            label={`Delete ${view.name}`}
            onClick={({ currentTarget }) => {
              // The button goes with its row: without the focus, keys would no longer reach the list.
              currentTarget.closest('[role=dialog]')?.querySelector<HTMLElement>('[data-save]')?.focus()
              remove(view)
            }}
          />
        </span>
      )}
    </li>
  )
}
