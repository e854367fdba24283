import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { useState } from 'react'
import { formatNumber } from '../../../lib/format.ts'
import type { FacetValue } from '../../../lib/suggest.ts'
import { tagOf } from '../resources-search.ts'
import { columnSets } from './column-sets.ts'
import { columns } from './columns.tsx'
import styles from './menus.module.css'

interface ColumnListProps {
  anchor: HTMLElement
  shown: readonly string[]
  tags: readonly FacetValue[]
  onToggle: (field: string, on: boolean) => void
  /** Undefined: the usual columns. */
  onSet: (fields: string[] | undefined) => void
  onClose: () => void
}

export const ColumnList = ({ anchor, shown, tags, onToggle, onSet, onClose }: ColumnListProps) => {
  const [wanted, setWanted] = useState('')
  const chosen = shown.flatMap((field) => tagOf(field) ?? [])
  // A tag that no resource has any more must still be taken away.
  const gone = chosen.filter((key) => !tags.some(({ value }) => value === key)).map((value) => ({ value, count: 0 }))
  const found = [...gone, ...tags].filter(({ value }) => value.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Columns', sx: { boxShadow: 'var(--float)' } } }}
    >
      <div className={styles.sets} role="group" aria-label="Sets of columns">
        {columnSets(tags).map(({ title, fields }, index) => (
          <Button key={title} autoFocus={index === 0} onClick={() => onSet(fields)}>
            {title}
          </Button>
        ))}
      </div>
      <div className={styles.lists}>
        <fieldset>
          <legend>Columns</legend>
          {columns.map(({ field, title }) => (
            <label key={field}>
              <input
                type="checkbox"
                checked={shown.includes(field)}
                onChange={({ target }) => onToggle(field, target.checked)}
              />
              {title}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>Tags as columns</legend>
          <input
            type="search"
            className={styles.find}
            aria-label="Find a tag"
            placeholder="Find a tag"
            value={wanted}
            onChange={({ target }) => setWanted(target.value)}
          />
          <div className={styles.tags}>
            {found.length === 0 && <p className="muted">{tags.length ? 'None is called so' : 'Nothing is tagged'}</p>}
            {found.map(({ value, count }) => (
              <label key={value} title={value}>
                <input
                  type="checkbox"
                  checked={shown.includes(`tag:${value}`)}
                  onChange={({ target }) => onToggle(`tag:${value}`, target.checked)}
                />
                <span>{value}</span>
                <span className={styles.count}>{formatNumber(count)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </Popover>
  )
}
