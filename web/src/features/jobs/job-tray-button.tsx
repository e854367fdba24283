import { useStore } from '../../lib/store.ts'
import { IconButton } from '../../components/icon-button.tsx'
import { isUnderWay, jobPercent } from './job-words.ts'
import { toggleTray, tray } from './tray-state.ts'
import { useJobs } from './use-jobs.ts'

export const JobTrayButton = () => {
  const { open } = useStore(tray)
  const running = useJobs().data?.items.find(isUnderWay)
  return (
    <IconButton icon="jobs" label="Jobs (J)" aria-expanded={open} onClick={toggleTray}>
      {running && <span style={{ fontSize: 12 }}>{jobPercent(running)} %</span>}
    </IconButton>
  )
}
