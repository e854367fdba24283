import Dialog from '@mui/material/Dialog'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { Icon } from '../../components/icon.tsx'
import { problemOf } from '../../lib/problem.ts'
import { flat, type Entry } from './entries.ts'
import { togglePalette } from './palette-state.ts'
import styles from './palette.module.css'
import { remember } from './recent.ts'
import { useEntries } from './use-entries.ts'

const close = () => togglePalette(false)
const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** One line that finds pages, resources, accounts, views and actions; arrows choose, Enter goes. */
export const PaletteDialog = () => {
  const id = useId()
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string>()
  const { groups, isSearching, error } = useEntries(typed)
  const entries = flat(groups)
  // What was chosen may be gone with the next answer; then the best one is.
  const active = Math.max(
    0,
    entries.findIndex((entry) => entry.id === chosen),
  )
  const optionId = (entry: Entry) => `${id}-${entry.id}`
  const take = (entry: Entry | undefined) => {
    if (!entry) return
    close()
    if ('run' in entry) return entry.run()
    if (!entry.id.startsWith('page ')) remember({ href: entry.href, title: entry.title, note: entry.note ?? '' })
    void navigate({ href: entry.href })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = steps[event.key]
    if (by !== undefined && entries.length > 0) {
      event.preventDefault()
      setChosen(entries[(active + by + entries.length) % entries.length]?.id)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      take(entries[active])
    }
  }
  const current = entries[active]
  const currentId = current && optionId(current)
  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' })
  }, [currentId])
  return (
    <Dialog
      open
      onClose={close}
      fullWidth
      maxWidth="sm"
      slotProps={{ paper: { 'aria-label': 'Command palette' } }}
      sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}
    >
      <div className={styles.line}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-label="Search or do"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={currentId}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          placeholder="A page, resource, account, view or action"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            setChosen(undefined)
          }}
          onKeyDown={onKeyDown}
        />
        {isSearching && <span className={styles.state}>Searching</span>}
        <kbd>Esc</kbd>
      </div>
      {error !== null && (
        <p className={styles.problem} role="alert">
          Resources could not be searched: {problemOf(error).message}
        </p>
      )}
      <div id={`${id}-list`} role="listbox" aria-label="Results" className={styles.list}>
        {groups.map(({ title, entries: members }) => (
          <div key={title} role="group" aria-label={title}>
            <p className={styles.title} aria-hidden="true">
              {title}
            </p>
            {members.map((entry) => (
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                tabIndex={-1}
                aria-selected={entry.id === current?.id}
                className={styles.entry}
                onMouseDown={(event) => {
                  event.preventDefault()
                  take(entry)
                }}
              >
                <Icon name={entry.icon} size={14} />
                <span className={styles.words}>
                  {entry.title}
                  {entry.note && <span className={styles.note}>{entry.note}</span>}
                </span>
                {entry.keys && <kbd>{entry.keys}</kbd>}
              </div>
            ))}
          </div>
        ))}
      </div>
      {entries.length === 0 && !isSearching && (
        <p className={styles.none} role="status">
          Nothing is called so. Resources are found by a part of their name, id or ARN.
        </p>
      )}
    </Dialog>
  )
}
