import { CodeBlock } from '../../components/code-block.tsx'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Section } from '../../components/page.tsx'
import styles from './api-reference.module.css'
import type { ApiDocument } from './document.ts'
import { Marked } from './marked.tsx'

const tokenLine = (origin: string): string =>
  [
    `ACCESS_TOKEN=$(curl -s '${origin}/api/auth/login' -H 'Content-Type: application/json' \\`,
    `  -d '{"email": "<email>", "password": "<password>"}' | jq -r .accessToken)`,
  ].join('\n')

interface CodeRow {
  code: string
  status: number
  mendedBy: string
  message: string
}

const columns: Column<CodeRow>[] = [
  { title: 'Code', cell: ({ code }) => <span className="mono">{code}</span> },
  { title: 'Status', align: 'right', cell: ({ status }) => status },
  { title: 'Mended by', cell: ({ mendedBy }) => mendedBy },
  { title: 'What to do', cell: ({ message }) => <Marked text={message} /> },
]

/** What holds for every operation: how to sign in, how lists and errors look. */
export const StartHere = ({ document }: { document: ApiDocument }) => (
  <div className={styles.details}>
    <Section title="A token">
      <p>
        Send an access token as <code className="mono">Authorization: Bearer</code>. It lasts five minutes; its
        user&rsquo;s role decides what it may do.
      </p>
      <CodeBlock label="Sign in" text={tokenLine(location.origin)} />
    </Section>
    <Section title="Lists">
      <p>
        A list answers <code className="mono">items</code> and, while there is more,{' '}
        <code className="mono">nextToken</code>: send it back with the same filters. What may be given several times is
        repeated: <code className="mono">?region=eu-west-1&amp;region=us-east-1</code>.
      </p>
    </Section>
    <Section title="Errors">
      <p>
        Every error is <code className="mono">{'{ code, message, requestId, fix?, issues? }'}</code>. Codes are stable;
        the request id, also in <code className="mono">X-Request-Id</code>, finds the request in the log.
      </p>
      <DataTable
        label="Error codes"
        columns={columns}
        rows={Object.entries(document['x-error-codes']).map(([code, facts]) => ({ code, ...facts }))}
        keyOf={({ code }) => code}
      />
    </Section>
  </div>
)
