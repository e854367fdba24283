import type { AWSAccount } from '@dashboard/contract/accounts.ts'
import { counted } from '../../lib/format.ts'
import styles from './accounts.module.css'
import { regionStates } from './region-states.ts'

/** One cell a region: filled when readable, hatched when something is denied, hollow when not probed. */
export const RegionStrip = ({ account }: { account: AWSAccount }) => {
  const states = regionStates(account)
  return (
    <span className={styles.strip} title={states.map(({ words }) => words).join('\n')}>
      <span className="visually-hidden">{states.map(({ words }) => words).join(', ')}</span>
      {states.map(({ region, tone }) => (
        <span key={region} className={styles.cell} data-tone={tone} aria-hidden="true" />
      ))}
      <span className="muted" aria-hidden="true">
        {counted(states.length, 'region')}
      </span>
    </span>
  )
}
