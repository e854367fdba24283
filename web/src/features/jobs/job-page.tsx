import type { Job, JobScope } from '@dashboard/contract/jobs.ts'
import Button from '@mui/material/Button'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { EmptyState } from '../../components/empty-state.tsx'
import { PendingChanges } from '../../components/live/pending-changes.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusFilter } from '../../components/status-filter.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useNow } from '../../components/use-now.ts'
import { api } from '../../lib/api.ts'
import { counted, duration, formatNumber } from '../../lib/format.ts'
import { useSteadyRows } from '../../lib/live/use-steady-rows.ts'
import { placeKey } from '../../lib/scope-place.ts'
import { jobStatus, scopeStatus } from '../../lib/status.ts'
import { AsOfNow } from './as-of-now.tsx'
import { JobChanges } from './job-changes.tsx'
import { JobResult, RunProblemsAgain } from './job-result.tsx'
import { isUnderWay, jobPercent, jobPhase, jobProgress, jobRate, jobSeconds, jobTitle } from './job-words.ts'
import styles from './jobs.module.css'
import { ScopeTable } from './scope-table.tsx'
import { useCancelJob } from './use-cancel-job.ts'

const route = getRouteApi('/jobs/$id')
const pageSize = 100

/** One run: how far it is, and for each scope what became of it and how to mend it. */
export const JobPage = () => {
  const { id } = route.useParams()
  const job = useQuery(api.jobs.get.queryOptions({ input: { id } }))
  const title = job.data ? jobTitle(job.data) : 'Discovery'
  return (
    <Page
      title={title}
      crumb={<Link to="/jobs">Discovery runs</Link>}
      subtitle={job.data && <JobFacts job={job.data} />}
      actions={job.data && <JobActions job={job.data} />}
    >
      <Loadable query={job} what="The job could not be loaded">
        {(data) => (
          <>
            {isUnderWay(data) && <ProgressBar percent={jobPercent(data)} label={title} />}
            <JobResult job={data} />
            <StatusFilters job={data} />
            <Scopes job={data} />
          </>
        )}
      </Loadable>
    </Page>
  )
}

const JobActions = ({ job }: { job: Job }) => {
  const cancel = useCancelJob()
  if (!isUnderWay(job)) return <RunProblemsAgain job={job} />
  return (
    <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
      Cancel discovery
    </Button>
  )
}

const JobFacts = ({ job }: { job: Job }) => {
  const taken = jobSeconds(job)
  const rate = jobRate(job, useNow())
  return (
    <dl className={styles.facts}>
      <div>
        <dt className="visually-hidden">State</dt>
        <dd>
          <StatusMark status={{ ...jobStatus[job.status], word: jobPhase(job) }} />
        </dd>
      </div>
      <div>
        <dt>Progress</dt>
        <dd>{jobProgress(job)}</dd>
      </div>
      <div>
        <dt>Found</dt>
        <dd>
          <JobChanges job={job} />
        </dd>
      </div>
      <div>
        <dt>Asked by</dt>
        <dd>
          {job.requestedBy} <RelativeTime at={job.createdAt} />
        </dd>
      </div>
      {rate && (
        <div>
          <dt>Rate</dt>
          <dd>{rate}</dd>
        </div>
      )}
      {taken !== null && (
        <div>
          <dt>Took</dt>
          <dd>{duration(taken)}</dd>
        </div>
      )}
    </dl>
  )
}

const StatusFilters = ({ job }: { job: Job }) => {
  const { status = [] } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <div className={styles.filters} role="group" aria-label="Show scopes with the status">
      <StatusFilter
        counts={job.byStatus}
        chosen={status}
        onChange={(next) => void navigate({ search: next.length ? { status: next } : {}, replace: true })}
      />
    </div>
  )
}

const Scopes = ({ job }: { job: Job }) => {
  const { id } = job
  const { status } = route.useSearch()
  const navigate = route.useNavigate()
  const scopes = useInfiniteQuery(
    api.jobs.scopes.infiniteOptions({
      input: (nextToken: string | undefined) => ({
        id,
        maxResults: pageSize,
        ...(status ? { status } : {}),
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.nextToken,
      placeholderData: keepPreviousData,
    }),
  )
  const area = useRef<HTMLDivElement>(null)
  const pages = scopes.data?.pages
  const newest = useMemo((): JobScope[] => pages?.flatMap(({ items }) => items) ?? [], [pages])
  const list = JSON.stringify([id, status, pages?.length, scopes.isPlaceholderData])
  const { rows, pending, apply } = useSteadyRows(newest, placeKey, area, list)
  return (
    <Loadable query={scopes} what="The scopes could not be loaded">
      {() => {
        const total = pages?.[0]?.total ?? rows.length
        if (newest.length === 0)
          return (
            <EmptyState
              title={
                status
                  ? `No scope is ${status.map((value) => scopeStatus[value].word.toLowerCase()).join(' or ')}`
                  : 'This job has no scopes'
              }
              action={
                status && <Button onClick={() => void navigate({ search: {}, replace: true })}>Show all scopes</Button>
              }
            />
          )
        return (
          <>
            <AsOfNow job={job} scopes={newest} />
            <PendingChanges count={pending} onApply={apply} />
            <div ref={area}>
              <ScopeTable rows={rows} />
            </div>
            <p className={styles.more}>
              {scopes.hasNextPage ? (
                <Button disabled={scopes.isFetchingNextPage} onClick={() => void scopes.fetchNextPage()}>
                  Show more ({formatNumber(rows.length)} of {formatNumber(total)})
                </Button>
              ) : (
                <span className="muted">{counted(total, 'scope')}</span>
              )}
            </p>
          </>
        )
      }}
    </Loadable>
  )
}
