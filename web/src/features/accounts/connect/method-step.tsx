import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { api } from '../../../lib/api.ts'
import type { Method } from '../account-search.ts'
import styles from './connect.module.css'

const choices: { method: Method; title: string; lines: string[] }[] = [
  {
    method: 'iam_role',
    title: 'IAM role',
    lines: [
      'Recommended. No secret is stored anywhere.',
      'You create a role that trusts this installation and an external id made for this connection.',
      'AWS hands out keys that expire within an hour; you end it by deleting the role.',
    ],
  },
  {
    method: 'access_key',
    title: 'Access key',
    lines: [
      'For accounts where no role can be created.',
      'A long-lived secret is stored here, encrypted. Whoever gets hold of it can read your account until you delete it.',
      'You must replace it yourself, best every 90 days.',
    ],
  },
]

/** Says plainly what each way means. */
export const MethodStep = ({
  chosen,
  onChoose,
}: {
  chosen: Method | undefined
  onChoose: (method: Method) => void
}) => (
  <div className={styles.methods}>
    {choices.map(({ method, title, lines }) => (
      <section key={method} className={styles.method} aria-label={title} data-chosen={chosen === method}>
        <h2>{title}</h2>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {method === 'iam_role' && <RoleWarning />}
        <Button variant={method === 'iam_role' ? 'contained' : 'outlined'} onClick={() => onChoose(method)}>
          {method === 'iam_role' ? 'Connect with a role' : 'Connect with an access key'}
        </Button>
      </section>
    ))}
  </div>
)

/** Without an AWS identity of its own this installation cannot assume a role: better said before one is created. */
const RoleWarning = () => {
  const { data } = useQuery(api.accounts.requirements.queryOptions())
  if (!data || data.principalArn !== null) return null
  return (
    <div role="status">
      <p className={styles.warning}>This installation has no AWS identity to assume a role with.</p>
      {data.fix && <FixPanel fix={data.fix} />}
    </div>
  )
}
