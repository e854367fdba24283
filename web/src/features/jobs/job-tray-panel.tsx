import type { Job } from '@dashboard/contract/jobs.ts'
import Button from '@mui/material/Button'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { IconButton } from '../../components/icon-button.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { ProgressBar } from '../../components/progress-bar.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { useEscape } from '../../components/use-escape.ts'
import { jobStatus } from '../../lib/status.ts'
import styles from './job-tray.module.css'
import { isUnderWay, jobPercent, jobProgress, jobTitle } from './job-words.ts'
import { tray } from './tray-state.ts'
import { useCancelJob } from './use-cancel-job.ts'
import { useJobs } from './use-jobs.ts'

const shown = 8

/** The recent jobs, over the page. */
export const JobTrayPanel = () => {
  const jobs = useJobs()
  const panel = useRef<HTMLElement>(null)
  const close = () => tray.set({ open: false })
  useEscape(true, close)
  useEffect(() => {
    const invoker = document.activeElement
    panel.current?.focus()
    return () => {
      if (invoker instanceof HTMLElement) invoker.focus()
    }
  }, [])
  return (
    <section ref={panel} tabIndex={-1} className={styles.tray} aria-label="Jobs">
      <div className={styles.title}>
        <h2>Jobs</h2>
        <Link to="/jobs" onClick={close}>
          All jobs
        </Link>
        <IconButton icon="close" label="Close jobs" onClick={close} />
      </div>
      <Loadable query={jobs} what="The jobs could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.none}>
              No job has run yet. A discovery starts from an account or from the Discovery page.
            </p>
          ) : (
            <ul>
              {items.slice(0, shown).map((job) => (
                <TrayJob key={job.id} job={job} onFollow={close} />
              ))}
            </ul>
          )
        }
      </Loadable>
    </section>
  )
}

const TrayJob = ({ job, onFollow }: { job: Job; onFollow: () => void }) => {
  const cancel = useCancelJob()
  return (
    <li className={styles.job}>
      <div className={styles.line}>
        <Link to="/jobs/$id" params={{ id: job.id }} onClick={onFollow}>
          {jobTitle(job)}
        </Link>
        <StatusMark status={jobStatus[job.status]} />
      </div>
      {isUnderWay(job) && <ProgressBar percent={jobPercent(job)} label={jobTitle(job)} />}
      <div className={styles.line}>
        <span className="muted">{jobProgress(job)}</span>
        {isUnderWay(job) ? (
          <Button variant="text" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
            Cancel
          </Button>
        ) : (
          <span className="muted">
            <RelativeTime at={job.endedAt ?? job.createdAt} />
          </span>
        )}
      </div>
    </li>
  )
}
