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

interface ValidateStepProps {
  id: string
  /** The account is connected to read its organization next. */
  isForOrganization: boolean
  onBack: () => void
}

/** Tries the connection in front of the user, then starts the first discovery. */
export const ValidateStep = ({ id, ...rest }: ValidateStepProps) => (
  <Loadable query={useAccount(id)} what="The account could not be loaded">
    {(account) => <Validate account={account} {...rest} />}
  </Loadable>
)

const howWeEnter: Record<AWSAccount['credentialType'], string> = {
  iam_role: 'We assume the role of',
  access_key: 'We use the access key of',
  instance_profile: 'We use this installation’s identity for',
}

const isReadable = ({ status }: AWSAccount) => status === 'active'

type ValidateProps = Omit<ValidateStepProps, 'id'> & { account: AWSAccount }

const Validate = ({ account, isForOrganization, onBack }: ValidateProps) => {
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
        {howWeEnter[account.credentialType]} <strong>{account.name}</strong>, check that the account is the right one,{' '}
        {account.credentialType === 'iam_role' && 'try whether anyone without the external id could get in, '}
        and try each action in each region.
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
        {isReadable(account) && isForOrganization && (
          <ButtonLink to="/organizations/connect" search={{ management: account.id }} variant="contained">
            Read its organization
          </ButtonLink>
        )}
        {isReadable(account) && (
          <Button
            variant={isForOrganization ? 'outlined' : 'contained'}
            disabled={isRunning || discover.isPending}
            onClick={finish}
          >
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
