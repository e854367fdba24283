import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { Section } from '../../../components/page.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { accountStatus } from '../../../lib/status.ts'
import { Checklist } from '../checklist.tsx'
import { canPause } from '../use-account-actions.ts'
import type { Validation } from '../use-validation.ts'
import styles from './account.module.css'
import { Permissions } from './permissions.tsx'

const whatIsChecked: Record<AWSAccount['credentialType'], string> = {
  iam_role: 'assumes the role, checks the account id, tries the external id, and tries each action in each region.',
  access_key: 'uses the access key, checks the account id, and tries each action in each region.',
  instance_profile:
    'uses this installation’s own identity, checks the account id, and tries each action in each region.',
}

/** Whether we get in, and what AWS lets us do there: the last known state, or the checks of a run started here. */
export const AccessTab = ({ account, validation }: { account: AWSAccount; validation: Validation }) => (
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
        {account.nextValidation && (
          <>
            , again by itself <RelativeTime at={account.nextValidation} />
          </>
        )}
      </span>
      {canPause(account) && (
        <Button variant="contained" disabled={validation.phase === 'running'} onClick={validation.start}>
          {validation.phase === 'running' ? 'Validating…' : 'Validate now'}
        </Button>
      )}
    </div>
    {validation.phase === 'idle' ? (
      <>
        {account.lastError && <p>{account.lastError}</p>}
        {account.fix && <FixPanel fix={account.fix} />}
        <p className="muted">A validation {whatIsChecked[account.credentialType]}</p>
      </>
    ) : (
      <Section title="Checks">
        <Checklist validation={validation} />
      </Section>
    )}
    <Section title="Permissions as AWS answered">
      <Permissions permissions={account.permissions} />
    </Section>
  </>
)
