import styles from './progress-bar.module.css'

/** Known progress, 0–100. */
export const ProgressBar = ({ percent, label }: { percent: number; label: string }) => (
  <div
    className={styles.bar}
    role="progressbar"
    aria-label={label}
    aria-valuenow={percent}
    aria-valuemin={0}
    aria-valuemax={100}
  >
    <div style={{ transform: `scaleX(${percent / 100})` }} />
  </div>
)
