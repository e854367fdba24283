import { ButtonLink } from '../../components/button-link.tsx'
import styles from './overview.module.css'

const steps = [
  {
    title: 'Connect an AWS account',
    text: 'With a role that only reads. We show the policy, and test that nobody else can use the role.',
  },
  {
    title: 'Discover what is in it',
    text: 'Region by region and type by type. What could not be read is said, with the permission that is missing.',
  },
  {
    title: 'Look around',
    text: 'Find any resource by name, id, tag or type; see what it is connected to and how it changed.',
  },
]

/** The way from an empty installation to an inventory. */
export const FirstRun = () => (
  <section aria-label="First steps">
    <ol className={styles.steps}>
      {steps.map(({ title, text }, index) => (
        <li key={title} data-next={index === 0}>
          <span className={styles.stepNumber} aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <h2>{title}</h2>
            <p className="muted">{text}</p>
          </div>
          {index === 0 && (
            <ButtonLink to="/accounts/connect" variant="contained">
              Connect account
            </ButtonLink>
          )}
        </li>
      ))}
    </ol>
  </section>
)
