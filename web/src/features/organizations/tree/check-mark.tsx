import type { Checked } from './tree-model.ts'
import styles from './tree.module.css'

const marks: Record<Checked, string> = { true: 'M3.5 7.2l2.3 2.3 4.7-5', mixed: 'M4 7h6', false: '' }

/** The picture of a box; the line that holds it says the state. */
export const CheckMark = ({ checked, isOff }: { checked: Checked; isOff: boolean }) => (
  <svg
    className={styles.mark}
    width="14"
    height="14"
    viewBox="0 0 14 14"
    data-checked={checked}
    data-off={isOff}
    aria-hidden="true"
  >
    <rect x="0.5" y="0.5" width="13" height="13" rx="2.5" />
    <path d={marks[checked]} />
  </svg>
)
