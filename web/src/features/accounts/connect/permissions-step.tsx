import Button from '@mui/material/Button'
import { CopyText } from '../../../components/copy-text.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { Artefacts } from '../artefacts.tsx'
import { useAccount } from '../../../lib/use-accounts.ts'
import styles from './connect.module.css'

/** What to create in the account, with the external id of this connection already in it. */
export const PermissionsStep = ({ id, onBack, onNext }: { id: string; onBack: () => void; onNext: () => void }) => (
  <Loadable query={useAccount(id)} what="The account could not be loaded">
    {(account) => (
      <div className={styles.permissions}>
        {account.credentialType === 'iam_role' ? (
          <>
            <p>
              In account <span className="mono">{account.accountId}</span>, create the role with one of these. Each
              contains the permission policy, which only reads, and the trust policy with the external id of this
              connection.
            </p>
            {account.externalId && (
              <p>
                External id: <CopyText text={account.externalId} what="external id" />
              </p>
            )}
          </>
        ) : (
          <p>
            {account.credentialType === 'access_key'
              ? 'Attach the permission policy to the IAM user that the access key belongs to. It only reads.'
              : 'Attach the permission policy to the role or user that this installation is. It only reads.'}
          </p>
        )}
        <Artefacts id={id} />
        <div className={styles.actions}>
          <Button onClick={onBack}>Back</Button>
          <Button variant="contained" onClick={onNext}>
            {account.credentialType === 'iam_role' ? 'The role exists, go on' : 'The policy is attached, go on'}
          </Button>
        </div>
      </div>
    )}
  </Loadable>
)
