import { CopyButton } from './copy-button.tsx'
import styles from './copy-text.module.css'
import { MiddleText } from './middle-text.tsx'

/** An id in mono, cut in the middle where there is no room, with the whole of it on hover and on the clipboard. */
export const CopyText = ({ text, what }: { text: string; what: string }) => (
  <span className={styles.copyText}>
    <MiddleText text={text} mono />
    <CopyButton text={text} what={what} className={styles.button ?? ''} />
  </span>
)
