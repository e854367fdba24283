import type { Credential } from '@dashboard/contract/credentials.ts'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StatusMark } from '../../components/status-mark.tsx'
import { api } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { CredentialDialog } from './credential-dialog.tsx'
import styles from './credentials.module.css'
import { DeleteCredential } from './delete-credential.tsx'
import { TestResult, useTest, type Outcome, type Test } from './test-credential.tsx'

const route = getRouteApi('/credentials')

type Open = { kind: 'create' } | { kind: 'delete'; credential: Credential } | null

const tested = ({ lastTestSucceeded, lastTested }: Credential) => {
  if (lastTested === null || lastTestSucceeded === null)
    return <StatusMark status={{ tone: 'idle', word: 'Never tested' }} />
  return (
    <span className={styles.tested}>
      <StatusMark status={lastTestSucceeded ? { tone: 'ok', word: 'Accepted' } : { tone: 'bad', word: 'Refused' }} />
      <span className="muted">
        <RelativeTime at={lastTested} />
      </span>
    </span>
  )
}

const usedBy = ({ usedBy: accounts }: Credential) => {
  const [first, ...rest] = accounts
  if (!first) return <span className="muted">No account</span>
  return (
    <>
      <Link to="/accounts/$id" params={{ id: first.id }}>
        {first.name}
      </Link>
      {rest.length > 0 && (
        <span title={rest.map(({ name }) => name).join('\n')}> and {counted(rest.length, 'other')}</span>
      )}
    </>
  )
}

const columnsWith = (test: Test, open: (next: Open) => void, replace: (id?: string) => void): Column<Credential>[] => [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Access key', cell: ({ accessKeyIdHint }) => <span className="mono">{accessKeyIdHint}</span> },
  { title: 'Used by', cell: usedBy },
  { title: 'Version', align: 'right', cell: ({ version }) => version },
  { title: 'Last test', cell: tested },
  { title: 'Replaced', cell: ({ updatedAt }) => <RelativeTime at={updatedAt} /> },
  {
    title: 'Actions',
    align: 'right',
    cell: (credential) => (
      <span className={styles.actions}>
        <Button variant="text" disabled={test.isRunning(credential.id)} onClick={() => test.run(credential.id)}>
          Test<span className="visually-hidden"> {credential.name}</span>
        </Button>
        <Button variant="text" onClick={() => replace(credential.id)}>
          Replace<span className="visually-hidden"> {credential.name}</span>
        </Button>
        <Button variant="text" onClick={() => open({ kind: 'delete', credential })}>
          Delete<span className="visually-hidden"> {credential.name}</span>
        </Button>
      </span>
    ),
  },
]

const testResult = (outcome: Outcome | undefined) => outcome && <TestResult outcome={outcome} />

/** Access keys kept in the vault: they go in, they are used, they never come out. */
export const CredentialsPage = () => {
  const [open, setOpen] = useState<Open>(null)
  const test = useTest()
  const query = useQuery(api.credentials.list.queryOptions({ input: { maxResults: 200 } }))
  const create = (
    <Button variant="contained" onClick={() => setOpen({ kind: 'create' })}>
      Store credential
    </Button>
  )
  const close = () => setOpen(null)
  const search = route.useSearch()
  const navigate = route.useNavigate()
  // In the address, so that a validation that failed can link to it.
  const replace = (id?: string) => void navigate({ search: id ? { replace: id } : {}, replace: true })
  const replaced = query.data?.items.find(({ id }) => id === search.replace)
  return (
    <Page
      title="Credentials"
      subtitle={
        <p className="muted">Secrets are stored encrypted and are never shown again. Roles need none: prefer them.</p>
      }
      actions={query.data && query.data.items.length > 0 && create}
    >
      <Loadable query={query} what="The credentials could not be loaded">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="credentials" title="No credential is stored" action={create}>
              Only accounts connected with an access key need one.
            </EmptyState>
          ) : (
            <DataTable
              label="Credentials"
              columns={columnsWith(test, setOpen, replace)}
              rows={items}
              keyOf={({ id }) => id}
              below={({ id }) => testResult(test.outcome(id))}
            />
          )
        }
      </Loadable>
      {open?.kind === 'create' && <CredentialDialog credential={null} onClose={close} />}
      {replaced && <CredentialDialog credential={replaced} onClose={() => replace()} />}
      {open?.kind === 'delete' && <DeleteCredential credential={open.credential} onClose={close} />}
    </Page>
  )
}
