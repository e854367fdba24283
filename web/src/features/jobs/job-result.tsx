import type { Job } from '@dashboard/contract/jobs.ts'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../lib/api.ts'
import { discoverInputs } from '../../lib/discover-inputs.ts'
import { counted } from '../../lib/format.ts'
import { useTypeLabel } from '../../lib/use-catalog.ts'
import { useDiscover } from '../../lib/use-discover.ts'
import { isUnderWay, problemStatuses, resultWords } from './job-words.ts'
import styles from './jobs.module.css'

/** So many are asked again at once; the rest with the next press. */
const most = 200

/** The scopes of a run that are still not fully known. */
const useProblems = (job: Job) =>
  useQuery(
    api.jobs.scopes.queryOptions({
      input: { id: job.id, status: [...problemStatuses], maxResults: most },
      enabled: !isUnderWay(job),
    }),
  )

/** What a run that has ended leaves known and unknown: `406 of 408 scopes complete, 2 denied: …`. */
export const JobResult = ({ job }: { job: Job }) => {
  const label = useTypeLabel()
  const problems = useProblems(job).data
  if (isUnderWay(job)) return null
  const places = problems?.items.map(
    ({ accountName, region, resourceType }) => `${accountName} ${label(resourceType)} in ${region}`,
  )
  return <p className={styles.result}>{resultWords(job, places ?? [])}</p>
}

/** Asks again for what is still not fully known, and nothing else that can be left out. */
export const RunProblemsAgain = ({ job }: { job: Job }) => {
  const problems = useProblems(job).data
  const discover = useDiscover()
  if (!problems || problems.total === 0) return null
  return (
    <Button disabled={discover.isPending} onClick={() => discover.mutate(discoverInputs(problems.items))}>
      Run {counted(Math.min(problems.total, most), 'incomplete scope')} again
    </Button>
  )
}
