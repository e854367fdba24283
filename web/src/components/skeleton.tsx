import styles from './skeleton.module.css'

/** Grey lines in the final size; they appear after 150 ms, so that a quick answer shows nothing in between. */
export const Skeleton = ({ lines = 6, height = 32 }: { lines?: number; height?: number }) => (
  <div className={styles.skeleton} role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <div key={index} style={{ height }}>
        <span style={{ width: `${70 - ((index * 17) % 40)}%` }} />
      </div>
    ))}
  </div>
)
