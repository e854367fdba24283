import Button from '@mui/material/Button'
import { counted } from '../../../lib/format.ts'
import { copy } from '../../../lib/hand-on/copy.ts'
import { awsCliOfResource } from '../hand-on/commands.ts'
import type { Row } from './columns.tsx'

interface SelectionBarProps {
  rows: readonly Row[]
  onClear: () => void
}

/** What can be done with the selected rows. */
export const SelectionBar = ({ rows, onClear }: SelectionBarProps) => (
  <span style={{ whiteSpace: 'nowrap' }} role="group" aria-label="Selected rows">
    {rows.length} selected
    <Button
      variant="text"
      onClick={() => void copy(rows.map(({ arn }) => arn).join('\n'), counted(rows.length, 'ARN'))}
    >
      Copy ARNs
    </Button>
    <Button
      variant="text"
      onClick={() => void copy(rows.map(awsCliOfResource).join('\n'), counted(rows.length, 'AWS CLI command'))}
    >
      Copy as AWS CLI
    </Button>
    <Button variant="text" onClick={onClear}>
      Clear
    </Button>
  </span>
)
