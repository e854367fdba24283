import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../../components/button-link.tsx'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { api } from '../../../lib/api.ts'
import type { Method } from '../account-search.ts'
import styles from './connect.module.css'
import { DetectedIdentity } from './detected-identity.tsx'
import { questions, ways, type Way } from './methods.ts'

interface MethodStepProps {
  chosen: Method | undefined
  onChoose: (method: Method) => void
}

/** Says plainly what each way means, by the same questions. */
export const MethodStep = ({ chosen, onChoose }: MethodStepProps) => (
  <div className={styles.methods}>
    <WayOf way={ways[0]} chosen={chosen} note={<RoleWarning />}>
      <Button variant="contained" onClick={() => onChoose('iam_role')}>
        Connect with a role
      </Button>
    </WayOf>
    <WayOf way={ways[1]} chosen={chosen}>
      <ButtonLink to="/organizations/connect">Connect an organization</ButtonLink>
    </WayOf>
    <WayOf way={ways[2]} chosen={chosen}>
      <Button onClick={() => onChoose('access_key')}>Connect with an access key</Button>
    </WayOf>
    <WayOf way={ways[3]} chosen={chosen} note={<DetectedIdentity />}>
      <Button onClick={() => onChoose('instance_profile')}>Connect with this identity</Button>
    </WayOf>
  </div>
)

interface WayOfProps {
  way: Way
  chosen: Method | undefined
  note?: ReactNode
  children: ReactNode
}

const WayOf = ({ way, chosen, note, children }: WayOfProps) => (
  <section className={styles.method} aria-label={way.title} data-chosen={chosen === way.way}>
    <h2>
      {way.title}
      {way.tag && <span className={styles.tag}>{way.tag}</span>}
    </h2>
    {questions.map(({ key, title }) => (
      <dl key={key}>
        <dt>{title}</dt>
        <dd>{way[key]}</dd>
      </dl>
    ))}
    <div className={styles.methodNote}>{note}</div>
    <div>{children}</div>
  </section>
)

/** Without an AWS identity of its own this installation cannot assume a role: better said before one is created. */
const RoleWarning = () => {
  const { data } = useQuery(api.accounts.requirements.queryOptions())
  if (!data || data.principalArn !== null) return null
  return (
    <div role="status">
      <p className={styles.warning}>This installation has no AWS identity to assume a role with.</p>
      {data.fix && (
        <details>
          <summary>What to do</summary>
          <FixPanel fix={data.fix} />
        </details>
      )}
    </div>
  )
}
