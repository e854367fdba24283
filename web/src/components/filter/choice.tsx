import type { ChangeEvent } from 'react'
import styles from './filter.module.css'

interface ChoiceProps {
  label: string
  all?: string
  value: string
  options: readonly (readonly [value: string, label: string])[]
  onChange: (value: string) => void
}

/** Narrows a list to one of few values; `all` is the word for no choice. */
export const Choice = ({ label, all = 'Any', value, options, onChange }: ChoiceProps) => (
  <label className={styles.choice}>
    <span>{label}</span>
    <select value={value} onChange={({ target }: ChangeEvent<HTMLSelectElement>) => onChange(target.value)}>
      <option value="">{all}</option>
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  </label>
)
