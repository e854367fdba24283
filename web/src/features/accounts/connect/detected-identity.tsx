import type { InstallationIdentity } from '@dashboard/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { CopyText } from '../../../components/copy-text.tsx'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { api } from '../../../lib/api.ts'
import styles from './connect.module.css'

const sourceWords: Record<NonNullable<InstallationIdentity['source']>, string> = {
  environment: 'keys in the environment (AWS_ACCESS_KEY_ID)',
  sso: 'an SSO profile',
  profile: 'a profile in ~/.aws',
  'web-identity': 'a web identity token (IRSA)',
  container: 'the container (ECS task role or EKS Pod Identity)',
  'instance-metadata': 'the instance (IMDSv2)',
  unknown: 'a source that cannot be told',
}

export const useIdentity = () => useQuery(api.accounts.identity.queryOptions())

/** Who this installation is in AWS and where it has that from, or what to do when it is nobody. */
export const DetectedIdentity = () => (
  <Loadable query={useIdentity()} what="The identity could not be asked for" skeleton={<Skeleton lines={2} />}>
    {({ arn, accountId, source, fix }) =>
      arn === null ? (
        <div role="status">
          <p className={styles.warning}>No identity was found where this installation runs.</p>
          {fix && (
            <details>
              <summary>What to do</summary>
              <FixPanel fix={fix} />
            </details>
          )}
        </div>
      ) : (
        <div className={styles.identity} role="status">
          <p className="muted">Detected, from {sourceWords[source ?? 'unknown']}:</p>
          <CopyText text={arn} what="identity ARN" />
          <p>
            Account <span className="mono">{accountId}</span>
          </p>
        </div>
      )
    }
  </Loadable>
)
