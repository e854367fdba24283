import { middleTruncated } from '../lib/format.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './copy-text.module.css'

/** An id in mono, shortened in the middle, with the whole of it on hover and on the clipboard. */
export const CopyText = ({ text, what, most = 48 }: { text: string; what: string; most?: number }) => (
  <span className={styles.copyText}>
    <span className="mono" title={text}>
      {middleTruncated(text, most)}
    </span>
    <CopyButton text={text} what={what} className={styles.button ?? ''} />
  </span>
)
