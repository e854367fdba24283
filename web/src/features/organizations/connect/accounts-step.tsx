import Button from '@mui/material/Button'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { counted } from '../../../lib/format.ts'
import { OrganizationTree } from '../tree/organization-tree.tsx'
import { canJoin, withUnit, type Member, type Selection, type UnitNode } from '../tree/tree-model.ts'
import styles from './connect.module.css'
import type { JoinDraft } from './draft.ts'

interface AccountsStepProps {
  tree: UnitNode[]
  members: Member[]
  lastComplete: string | null
  draft: JoinDraft
  onChange: (part: Partial<JoinDraft>) => void
  onBack: () => void
  onNext: () => void
}

/** What was chosen before, without what has been connected or has left since. */
export const selectionOf = ({ accounts, units }: JoinDraft, members: readonly Member[]): Selection => {
  const open = new Set(members.filter(canJoin).map(({ accountId }) => accountId))
  return { accounts: new Set(accounts.filter((id) => open.has(id))), units: new Set(units) }
}

/** Which accounts to connect. */
export const AccountsStep = ({ tree, members, lastComplete, draft, onChange, onBack, onNext }: AccountsStepProps) => {
  const selection = selectionOf(draft, members)
  const open = members.filter(canJoin).length
  const choose = ({ accounts, units }: Selection) => onChange({ accounts: [...accounts], units: [...units] })
  const chooseAll = (on: boolean) => choose(tree.reduce((before, node) => withUnit(tree, before, node, on), selection))
  const isAll = selection.accounts.size === open
  return (
    <div className={styles.parts}>
      <div className={styles.line}>
        <span className="muted">
          {counted(members.length, 'account')}, {open} to connect, read <RelativeTime at={lastComplete} />. Arrow keys
          walk and open, space chooses.
        </span>
        {open > 0 && (
          <Button variant="text" onClick={() => chooseAll(!isAll)}>
            {isAll ? 'Choose none' : 'Choose all'}
          </Button>
        )}
      </div>
      <OrganizationTree tree={tree} selection={selection} onSelect={choose} />
      <div className={styles.actions}>
        <Button onClick={onBack}>Back</Button>
        <Button variant="contained" disabled={selection.accounts.size === 0} onClick={onNext}>
          {selection.accounts.size === 0
            ? 'Choose accounts'
            : `Go on with ${counted(selection.accounts.size, 'account')}`}
        </Button>
      </div>
    </div>
  )
}
