import type { Coverage } from '@dashboard/contract/vocabulary.ts'
import { coverageSentence, isComplete } from '../lib/coverage.ts'
import styles from './coverage-line.module.css'
import { useNow } from './use-now.ts'

/** How much of the estate the page's answer covers; the gaps and their reasons show on hover. */
export const CoverageLine = ({ coverage }: { coverage: Coverage | undefined }) => {
  const now = useNow()
  if (!coverage) return <p className={styles.line}>&nbsp;</p>
  const reasons = coverage.gaps.map((gap) => `${gap.accountName}: ${gap.reason ?? gap.status}`).join('\n')
  return (
    <p className={styles.line} data-complete={isComplete(coverage)} title={reasons || undefined}>
      {coverageSentence(coverage, now)}
    </p>
  )
}
