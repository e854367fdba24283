import Dialog from '@mui/material/Dialog'
import { IconButton } from '../components/icon-button.tsx'
import { toggleSheet } from './frame-state.ts'
import { destinations } from './pages.ts'
import styles from './shortcut-sheet.module.css'

const groups = [
  { title: 'Go to', keys: destinations.map(({ key, title }) => [`g ${key}`, title] as const) },
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl K', 'Search or do'],
      ['/', 'Filter, or search'],
      ['J', 'Jobs'],
      ['[', 'Collapse or expand the rail'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'Resources',
    keys: [
      ['j', 'Next row'],
      ['k', 'Previous row'],
      ['Enter', 'Open the row'],
      ['x', 'Select the row'],
      ['Shift x', 'Select up to the row'],
      ['e', 'Export as CSV'],
      ['.', 'Apply changes that arrived'],
      ['Esc', 'Close the inspector'],
    ],
  },
] as const

export const ShortcutSheet = () => {
  const close = () => toggleSheet(false)
  return (
    <Dialog open onClose={close} aria-labelledby="shortcut-sheet" fullWidth maxWidth="md">
      <div className={styles.sheet}>
        <div className={styles.title}>
          <h2 id="shortcut-sheet">Keyboard shortcuts</h2>
          <IconButton icon="close" label="Close" onClick={close} />
        </div>
        <div className={styles.groups}>
          {groups.map(({ title, keys }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {keys.map(([key, what]) => (
                  <div key={key}>
                    <dt>
                      {key.split(' ').map((part) => (
                        <kbd key={part}>{part}</kbd>
                      ))}
                    </dt>
                    <dd>{what}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  )
}
