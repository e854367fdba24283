import type { ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import { formatNumber } from '../lib/format.ts'
import { scopeStatuses } from '../lib/scope-statuses.ts'
import { scopeStatus, type Status } from '../lib/status.ts'
import styles from './status-filter.module.css'
import { StatusMark } from './status-mark.tsx'

interface FilterChipProps {
  status: Status
  count: number
  isOn: boolean
  onToggle: () => void
}

export const FilterChip = ({ status, count, isOn, onToggle }: FilterChipProps) => (
  <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onToggle}>
    <StatusMark status={status} />
    {formatNumber(count)}
  </button>
)

interface StatusFilterProps {
  counts: Partial<Record<ScopeStatus, number>>
  chosen: readonly ScopeStatus[]
  onChange: (chosen: ScopeStatus[]) => void
}

/** The statuses there are, with how many scopes have each; also the legend of their marks. */
export const StatusFilter = ({ counts, chosen, onChange }: StatusFilterProps) =>
  scopeStatuses
    .filter((value) => (counts[value] ?? 0) > 0 || chosen.includes(value))
    .map((value) => (
      <FilterChip
        key={value}
        status={scopeStatus[value]}
        count={counts[value] ?? 0}
        isOn={chosen.includes(value)}
        onToggle={() =>
          onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value])
        }
      />
    ))
