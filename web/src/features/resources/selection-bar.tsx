import Button from '@mui/material/Button'
import { counted } from '../../lib/format.ts'
import { notify } from '../../lib/notice.ts'
import type { Row } from './columns.tsx'

interface SelectionBarProps {
  rows: Row[]
  selected: ReadonlySet<string>
  onClear: () => void
}

/** What can be done with the selected rows of this page. */
export const SelectionBar = ({ rows, selected, onClear }: SelectionBarProps) => {
  const arns = rows.filter(({ id }) => selected.has(id)).map(({ arn }) => arn)
  const copy = () =>
    void navigator.clipboard.writeText(arns.join('\n')).then(
      () => notify(`Copied ${counted(arns.length, 'ARN')}`),
      () => notify('The browser did not allow copying.', 'bad'),
    )
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {selected.size} selected
      <Button variant="text" onClick={copy}>
        Copy ARNs
      </Button>
      <Button variant="text" onClick={onClear}>
        Clear
      </Button>
    </span>
  )
}
