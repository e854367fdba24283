import { Icon } from '../icon.tsx'
import styles from './filter.module.css'

interface TextFilterProps {
  /** Names it for screen readers. */
  label: string
  placeholder: string
  value: string
  onChange: (text: string) => void
  /** The head of a box rather than a field of its own. */
  isFlush?: boolean
}

/** A line that narrows a list by what is typed; `/` goes to it. */
export const TextFilter = ({ label, placeholder, value, onChange, isFlush = false }: TextFilterProps) => (
  <label className={styles.text} data-flush={isFlush}>
    <Icon name="search" size={14} />
    <input
      type="search"
      aria-label={label}
      placeholder={placeholder}
      data-query-line=""
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  </label>
)
