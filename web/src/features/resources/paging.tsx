import { IconButton } from '../../components/icon-button.tsx'
import { formatNumber } from '../../lib/format.ts'
import styles from './resources.module.css'
import type { Paging as PagingState } from './token-stack.ts'

interface PagingProps {
  paging: PagingState
  pageSize: number
  shown: number
  total: number
  onPrevious: () => void
  /** Undefined on the last page. */
  onNext: (() => void) | undefined
}

export const Paging = ({ paging, pageSize, shown, total, onPrevious, onNext }: PagingProps) => {
  const first = (paging.page - 1) * pageSize + 1
  return (
    <div className={styles.paging} role="group" aria-label="Pages">
      <span>
        {shown === 0 ? '0' : `${formatNumber(first)}–${formatNumber(first + shown - 1)}`} of {formatNumber(total)}
      </span>
      <IconButton icon="collapse" label="Previous page" disabled={paging.page === 1} onClick={onPrevious} />
      <IconButton icon="expand" label="Next page" disabled={onNext === undefined} onClick={onNext} />
    </div>
  )
}
