import Button from '@mui/material/Button'
import { counted, formatNumber } from '../../../lib/format.ts'

interface PositionProps {
  /** Index of the first row on the screen, and the one after the last. */
  first: number
  end: number
  total: number
  /** Set where the list is groups: how many. */
  groups: number | undefined
  /** Set where the rows before those on the screen cannot be scrolled to. */
  onFirst: (() => void) | undefined
}

/** Which rows of how many are on the screen. */
export const Position = ({ first, end, total, groups, onFirst }: PositionProps) => (
  <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
    {onFirst && (
      <Button variant="text" onClick={onFirst}>
        To the first row
      </Button>
    )}
    {groups === undefined
      ? `${total === 0 ? '0' : `${formatNumber(first + 1)}–${formatNumber(Math.min(end, total))}`} of ${formatNumber(total)}`
      : `${formatNumber(total)} in ${counted(groups, 'group')}`}
  </span>
)
