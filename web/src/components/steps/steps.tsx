import styles from './steps.module.css'

interface StepsProps<Id extends string> {
  steps: readonly { id: Id; title: string }[]
  current: Id
}

/** Where a wizard is. */
export const Steps = <Id extends string>({ steps, current }: StepsProps<Id>) => (
  <ol className={styles.steps} aria-label="Steps">
    {steps.map(({ id, title }, index) => (
      <li
        key={id}
        aria-current={id === current ? 'step' : undefined}
        data-done={index < steps.findIndex((step) => step.id === current)}
      >
        <span aria-hidden="true">{index + 1}</span>
        {title}
      </li>
    ))}
  </ol>
)
