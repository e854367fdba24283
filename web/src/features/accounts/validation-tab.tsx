import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { FixPanel } from '../../components/fix-panel.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { accountStatus } from '../../lib/status.ts'
import styles from './accounts.module.css'
import { Checklist } from './checklist.tsx'
import type { Validation } from './use-validation.ts'

/** The last known state, and the checks of a run started here. */
export const ValidationTab = ({ account, validation }: { account: AWSAccount; validation: Validation }) => (
  <>
    <div className={styles.row}>
      <StatusMark status={accountStatus(account)} />
      <span className="muted">
        {account.lastValidated ? (
          <>
            Validated <RelativeTime at={account.lastValidated} />
          </>
        ) : (
          'Never validated'
        )}
      </span>
      <Button variant="contained" disabled={validation.phase === 'running'} onClick={validation.start}>
        {validation.phase === 'running' ? 'Validating…' : 'Validate now'}
      </Button>
    </div>
    {validation.phase === 'idle' && account.lastError && <p>{account.lastError}</p>}
    {validation.phase === 'idle' && account.fix && <FixPanel fix={account.fix} />}
    {validation.phase === 'idle' ? (
      <p className="muted">
        A validation assumes the role, checks the account id, tries the external id, and probes each service in each
        region.
      </p>
    ) : (
      <Checklist validation={validation} />
    )}
  </>
)
