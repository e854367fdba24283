import type { Overview } from '@dashboard/contract/overview.ts'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { ButtonLink } from '../../components/button-link.tsx'
import { DiscoverButton } from '../../components/discover-button.tsx'
import { Icon } from '../../components/icon.tsx'
import styles from './overview.module.css'

type Step = z.infer<typeof Overview>['checklist'][number]

interface Words {
  title: string
  text: string
  action: ReactNode
}

const words: Record<Step['step'], Words> = {
  IDENTITY: {
    title: 'Give this installation an AWS identity',
    text: 'It assumes roles with it: an instance role, a container role, or keys in its environment. Without one, accounts connect by access key.',
    action: <ButtonLink to="/accounts/connect">Show what is found</ButtonLink>,
  },
  ACCOUNT: {
    title: 'Connect an AWS account',
    text: 'With a role that only reads. We show the policy, and test that nobody else can use the role.',
    action: (
      <ButtonLink to="/accounts/connect" variant="contained">
        Connect account
      </ButtonLink>
    ),
  },
  VALIDATED: {
    title: 'Validate it',
    text: 'Each permission is tried in each region; what is missing comes with the statement that grants it.',
    action: <ButtonLink to="/accounts">Show accounts</ButtonLink>,
  },
  DISCOVERED: {
    title: 'Discover what is in it',
    text: 'Region by region and type by type. What could not be read is said, with the permission that is missing.',
    action: <DiscoverButton />,
  },
  ORGANIZATION: {
    title: 'Connect the whole organization',
    text: 'Optional. All member accounts in one go, and new ones by themselves.',
    action: <ButtonLink to="/organizations/connect">Connect organization</ButtonLink>,
  },
}

/** The way from an empty installation to an inventory: what is done, what is next. */
export const FirstRun = ({ checklist }: { checklist: readonly Step[] }) => {
  const next = nextOf(checklist)
  return (
    <section aria-label="First steps" className={styles.firstRun}>
      <ol className={styles.steps}>
        {checklist.map((item, index) => (
          <StepLine key={item.step} item={item} number={index + 1} isNext={item.step === next} />
        ))}
      </ol>
      <p className="muted">
        To look around in sample data first, run <code className="mono">npm run demo</code> in a folder of its own: an
        emulated organization that never touches AWS.
      </p>
    </section>
  )
}

/** An identity is good to have but not needed: with accounts to connect by key, connecting comes first. */
const nextOf = (checklist: readonly Step[]): Step['step'] | undefined =>
  checklist.find(({ step, done }) => !done && step !== 'IDENTITY')?.step

const StepLine = ({
  item: { step, done, detail },
  number,
  isNext,
}: {
  item: Step
  number: number
  isNext: boolean
}) => {
  const { title, text, action } = words[step]
  const isOffered = isNext || (!done && (step === 'IDENTITY' || step === 'ORGANIZATION'))
  return (
    <li data-next={isNext} data-done={done}>
      <span className={styles.stepNumber} aria-hidden="true">
        {done ? <Icon name="check" size={14} /> : number}
      </span>
      <div>
        <h2>
          {title}
          {done && <span className="visually-hidden">, done</span>}
        </h2>
        {(detail !== null || !done) && <p className="muted">{detail ?? text}</p>}
      </div>
      {isOffered && action}
    </li>
  )
}
