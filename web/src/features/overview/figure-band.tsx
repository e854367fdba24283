import { Figure } from '../../components/figure.tsx'
import { useNow } from '../../components/use-now.ts'
import { completeScopes, coveragePercent, coverageSentence } from '../../lib/coverage.ts'
import { formatNumber } from '../../lib/format.ts'
import type { OverviewData } from './overview-page.tsx'
import styles from './overview.module.css'

const accountsNote = ({ error, inactive, exposed }: OverviewData['accounts']): string =>
  [error && `${error} with errors`, inactive && `${inactive} not active`, exposed && `${exposed} exposed`]
    .filter(Boolean)
    .join(', ') || 'All active'

/** Six figures; each leads to the rows behind it. */
export const FigureBand = ({ data }: { data: OverviewData }) => {
  const title = coverageSentence(data.coverage, useNow())
  return (
    <section aria-label="Figures" className={styles.band}>
      <Figure
        title={title}
        label="Accounts"
        value={formatNumber(data.accounts.total)}
        note={accountsNote(data.accounts)}
        to="/accounts"
        search={{ sort: 'connection' }}
      />
      <Figure
        title={title}
        label="Regions"
        value={formatNumber(data.regions)}
        note="With connected accounts"
        to="/resources"
        search={{ group: 'region' }}
      />
      <Figure
        title={title}
        label="Resources"
        value={formatNumber(data.resources)}
        note="In the inventory"
        to="/resources"
      />
      <Figure
        title={title}
        label="Types"
        value={formatNumber(data.resourceTypes)}
        note="Of resources found"
        to="/resources"
        search={{ group: 'type' }}
      />
      <Figure
        title={title}
        label="Relationships"
        value={formatNumber(data.relationships)}
        note="Between resources"
        to="/resources"
      />
      <Figure
        title={title}
        label="Coverage"
        value={`${coveragePercent(data.coverage)} %`}
        note={`${formatNumber(completeScopes(data.coverage))} of ${formatNumber(data.coverage.scopes.total)} scopes`}
        to="/discovery"
      />
    </section>
  )
}
