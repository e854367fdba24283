import type { Overview } from '@dashboard/contract/overview.ts'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { CoverageLine } from '../../components/coverage-line.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { api } from '../../lib/api.ts'
import { useScope } from '../../lib/use-scope.ts'
import { ChangesByDay } from './changes-by-day.tsx'
import { FigureBand } from './figure-band.tsx'
import { FirstRun } from './first-run.tsx'
import { LastDiscovery } from './last-discovery.tsx'
import { NeedsYou } from './needs-you.tsx'
import styles from './overview.module.css'
import { RecentChanges } from './recent-changes.tsx'
import { Shares } from './shares.tsx'

export type OverviewData = z.infer<typeof Overview>

/** The estate at a glance: what needs someone first, then six figures, then where things are and what changed. */
export const OverviewPage = () => {
  const query = useQuery(api.overview.get.queryOptions())
  const { isWhole } = useScope()
  return (
    <Page
      title="Overview"
      subtitle={
        <>
          <CoverageLine coverage={query.data?.coverage} />
          {!isWhole && (
            <p className="muted">Figures are of the whole estate; their links open the rows in your scope.</p>
          )}
        </>
      }
      actions={query.data && query.data.accounts.total > 0 && <DiscoverButton />}
    >
      <Loadable query={query} what="The overview could not be loaded">
        {(data) => (data.accounts.total === 0 ? <FirstRun checklist={data.checklist} /> : <Estate data={data} />)}
      </Loadable>
    </Page>
  )
}

const isDiscovered = ({ checklist }: OverviewData): boolean =>
  checklist.find(({ step }) => step === 'DISCOVERED')?.done ?? true

const Estate = ({ data }: { data: OverviewData }) => (
  <>
    {!isDiscovered(data) && <FirstRun checklist={data.checklist} />}
    <NeedsYou items={data.needsYou} />
    <FigureBand data={data} />
    <ChangesByDay days={data.changesByDay} />
    <div className={styles.columns}>
      <div className={styles.column}>
        <Shares title="By service" name="service" values={data.byService} />
        <Shares title="By region" name="region" values={data.byRegion} />
        <Shares title="By account" name="account" values={data.byAccount} />
      </div>
      <div className={styles.column}>
        <LastDiscovery job={data.lastJob} />
        <RecentChanges changes={data.recentChanges} />
      </div>
    </div>
  </>
)
