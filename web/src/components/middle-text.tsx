import styles from './middle-text.module.css'

const longestTail = 8

/**
 * Text cut once, in its middle, to the width there is: ids differ at their ends. The whole of it shows on hover, and
 * is what is selected, copied and read out: the two halves are only its picture.
 */
export const MiddleText = ({ text, mono = false }: { text: string; mono?: boolean }) => {
  const tail = Math.min(longestTail, Math.floor(text.length / 2))
  return (
    <span className={`${styles.middle} ${mono ? 'mono' : ''}`} data-mono={mono && tail === longestTail} title={text}>
      <span className={styles.head} aria-hidden="true">
        {text.slice(0, text.length - tail)}
      </span>
      <span className={styles.tail} aria-hidden="true">
        {text.slice(text.length - tail)}
      </span>
      <span className={styles.whole}>{text}</span>
    </span>
  )
}
