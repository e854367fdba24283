import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { lazy, Suspense, useState } from 'react'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { counted, formatNumber, percent } from '../../../lib/format.ts'
import { canPause, isPaused, type AccountActions } from '../use-account-actions.ts'
import styles from './list.module.css'

// Loaded at the first press: most visits change no environment.
const EnvironmentDialog = lazy(async () => ({
  default: (await import('./environment-dialog.tsx')).EnvironmentDialog,
}))

interface BulkBarProps {
  accounts: readonly AWSAccountSummary[]
  /** How many the filter shows in all. */
  total: number
  actions: AccountActions
  onExport: () => void
  onAll: () => void
  onClear: () => void
}

/** What can be done with the selected accounts; while it is being done, how far it is. */
export const BulkBar = ({ accounts, total, actions, onExport, onAll, onClear }: BulkBarProps) => {
  const [isSetting, setSetting] = useState(false)
  const { underway } = actions
  const busy = underway !== null
  return (
    <div className={styles.bulk} role="group" aria-label="Selected accounts">
      <span role="status">
        {underway
          ? `${underway.what} ${formatNumber(underway.done)} of ${formatNumber(underway.total)}`
          : `${formatNumber(accounts.length)} selected`}
      </span>
      {underway && (
        <span className={styles.bulkProgress}>
          <ProgressBar percent={percent(underway.done, underway.total)} label={underway.what} />
        </span>
      )}
      <Button disabled={busy || !accounts.some(canPause)} onClick={() => void actions.validate(accounts)}>
        Validate
      </Button>
      <Button disabled={busy || !accounts.some(canPause)} onClick={() => void actions.pause(accounts)}>
        Pause
      </Button>
      <Button disabled={busy || !accounts.some(isPaused)} onClick={() => void actions.resume(accounts)}>
        Resume
      </Button>
      <Button disabled={busy} onClick={() => setSetting(true)}>
        Set environment
      </Button>
      <Button onClick={onExport}>Export CSV</Button>
      {accounts.length < total && (
        <Button variant="text" onClick={onAll}>
          Select all {counted(total, 'account')}
        </Button>
      )}
      <Button variant="text" onClick={onClear}>
        Clear
      </Button>
      <Suspense fallback={null}>
        {isSetting && (
          <EnvironmentDialog
            accounts={accounts}
            onClose={() => setSetting(false)}
            onSet={(environment) => {
              setSetting(false)
              void actions.setEnvironment(accounts, environment)
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
