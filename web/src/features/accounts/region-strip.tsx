import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import styles from './accounts.module.css'
import { regionStates } from './region-states.ts'

/** The rest is in the count and on hover. */
const mostCells = 12

/** One cell a region: filled when readable, hatched when something is denied, hollow when not probed. */
export const RegionStrip = ({ account }: { account: AWSAccountSummary }) => {
  const states = regionStates(account)
  return (
    <span className={styles.strip} title={states.map(({ words }) => words).join('\n')}>
      <span className="visually-hidden">{states.map(({ words }) => words).join(', ')}</span>
      {states.slice(0, mostCells).map(({ region, tone }) => (
        <span key={region} className={styles.cell} data-tone={tone} aria-hidden="true" />
      ))}
      <span className="muted" aria-hidden="true">
        {states.length}
      </span>
    </span>
  )
}
