import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CopyText } from '../../../components/copy-text.tsx'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { StatusMark } from '../../../components/status-mark.tsx'
import { formatNumber } from '../../../lib/format.ts'
import { accountStatus, credentialTypeWord } from '../../../lib/status.ts'
import styles from '../accounts.module.css'
import { RegionStrip } from '../region-strip.tsx'
import { isPaused } from '../use-account-actions.ts'

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

export const AccountSummary = ({ account }: { account: AWSAccount }) => (
  <>
    {isPaused(account) && (
      <p className={styles.note}>
        Paused: nothing is called in this account until somebody resumes it. What is known of it stays, and says as of
        when.
      </p>
    )}
    {account.phase === 'RETIRED' && (
      <p className={styles.note}>
        Retired: AWS says that the account is closed or has left its organization. What was known of it stays.
      </p>
    )}
    {(account.exposed || account.lastError) && (
      <div className={styles.alarm} role="group" aria-label="Problems">
        {account.exposed && (
          <p>
            <strong>This role is exposed.</strong> It can be assumed without the right external id, so another customer
            of the same principal could use it. Create the role of{' '}
            <Link to="/accounts/$id" params={{ id: account.id }} search={{ tab: 'onboarding' }}>
              the onboarding
            </Link>{' '}
            in its place.
          </p>
        )}
        {account.lastError && <p>{account.lastError}</p>}
        {account.fix && <FixPanel fix={account.fix} />}
      </div>
    )}
    <dl className={styles.facts}>
      <Fact name="Account id">
        <CopyText text={account.accountId} what="account id" />
      </Fact>
      <Fact name="Connection">
        <StatusMark status={accountStatus(account)} />
      </Fact>
      <Fact name="Validated">
        <RelativeTime at={account.lastValidated} />
      </Fact>
      <Fact name="Environment">
        {account.environment ? (
          <>
            {account.environment}{' '}
            <span className="muted">
              {account.environmentSource === 'ou' ? 'from its organizational unit' : 'set on the account'}
            </span>
          </>
        ) : (
          <span className="muted">None; its resources may have their own</span>
        )}
      </Fact>
      {account.organization && (
        <Fact name="Organizational unit">
          <Link
            to="/organizations/$id"
            params={{ id: account.organization.connectionId }}
            search={{ unit: account.organization.ouId }}
          >
            {account.organization.ouPath}
          </Link>
        </Fact>
      )}
      <Fact name="Method">{credentialTypeWord[account.credentialType]}</Fact>
      {account.roleArn && (
        <Fact name="Role">
          <CopyText text={account.roleArn} what="role ARN" />
        </Fact>
      )}
      {account.externalId && (
        <Fact name="External id">
          <CopyText text={account.externalId} what="external id" />
        </Fact>
      )}
      <Fact name="Resources">
        <Link to="/resources" search={{ account: [account.accountId], region: [] }}>
          {formatNumber(account.resourceCount)}
        </Link>
      </Fact>
      <Fact name="Regions">
        <RegionStrip account={account} />
      </Fact>
      <Fact name="Default region">
        <span className="mono">{account.defaultRegion}</span>
      </Fact>
      <Fact name="Discovered">
        <RelativeTime at={account.lastDiscovered} />
      </Fact>
      <Fact name="Connected">
        <RelativeTime at={account.createdAt} />
      </Fact>
      {Object.entries(account.tags).map(([key, value]) => (
        <Fact key={key} name={`Tag ${key}`}>
          {value}
        </Fact>
      ))}
    </dl>
  </>
)
