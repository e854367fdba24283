import { useEffect } from 'react'
import { setTitleProgress } from '../../lib/title.ts'
import { isUnderWay, jobPercent } from './job-words.ts'
import { useJobs } from './use-jobs.ts'

/** Shows the running job's percent in the title of the browser's tab. */
export const useJobProgress = () => {
  const running = useJobs().data?.items.filter(isUnderWay) ?? []
  const done = running.reduce((sum, job) => sum + job.done, 0)
  const total = running.reduce((sum, job) => sum + job.total, 0)
  const progress = running.length ? jobPercent({ done, total }) : null
  useEffect(() => setTitleProgress(progress), [progress])
}
