import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { useNavigate } from '@tanstack/react-router'
import { ButtonLink } from '../../../components/button-link.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { useDiscover } from '../../../lib/use-discover.ts'
import { Checklist } from '../checklist.tsx'
import { useAccount } from '../../../lib/use-accounts.ts'
import { useValidation } from '../use-validation.ts'
import styles from './connect.module.css'

/** Tries the connection in front of the user, then starts the first discovery. */
export const ValidateStep = ({ id, onBack }: { id: string; onBack: () => void }) => (
  <Loadable query={useAccount(id)} what="The account could not be loaded">
    {(account) => <Validate account={account} onBack={onBack} />}
  </Loadable>
)

const isReadable = ({ status }: AWSAccount) => status === 'active'

const Validate = ({ account, onBack }: { account: AWSAccount; onBack: () => void }) => {
  const validation = useValidation(account.id)
  const discover = useDiscover()
  const navigate = useNavigate()
  const isRunning = validation.phase === 'running'
  const finish = () =>
    discover.mutate([{ accountIds: [account.accountId] }], {
      onSuccess: () => void navigate({ to: '/resources', search: { account: [account.accountId] } }),
    })
  return (
    <div className={styles.permissions}>
      <p>
        {account.credentialType === 'iam_role' ? (
          <>
            We assume the role of <strong>{account.name}</strong>, check that the account is the right one, try whether
            anyone without the external id could get in, and probe each service in each region.
          </>
        ) : (
          <>
            We use the access key of <strong>{account.name}</strong>, check that the account is the right one, and probe
            each service in each region.
          </>
        )}
      </p>
      {validation.phase !== 'idle' && <Checklist validation={validation} />}
      <div className={styles.actions}>
        <Button onClick={onBack}>Back</Button>
        <Button
          variant={isReadable(account) ? 'outlined' : 'contained'}
          disabled={isRunning}
          onClick={validation.start}
        >
          {isRunning ? 'Validating…' : validation.phase === 'idle' ? 'Validate now' : 'Validate again'}
        </Button>
        {isReadable(account) && (
          <Button variant="contained" disabled={isRunning || discover.isPending} onClick={finish}>
            Finish and discover
          </Button>
        )}
        {!isReadable(account) && validation.phase === 'done' && account.credentialId && (
          <ButtonLink to="/credentials" search={{ replace: account.credentialId }}>
            Replace the access key
          </ButtonLink>
        )}
        {!isReadable(account) && validation.phase === 'done' && (
          <ButtonLink to="/accounts/$id" params={{ id: account.id }}>
            Leave it for later
          </ButtonLink>
        )}
      </div>
    </div>
  )
}
