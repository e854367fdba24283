import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Scope } from '@dashboard/contract/scopes.ts'
import { EmptyState } from './empty-state.tsx'
import { FormDialog } from './form-dialog.tsx'
import { Loadable } from './loadable.tsx'
import { RelativeTime } from './relative-time.tsx'
import { TypedDelete } from './typed-delete.tsx'
import { api } from '../lib/api.ts'
import { counted } from '../lib/format.ts'
import { notify } from '../lib/notice.ts'
import { problemOf } from '../lib/problem.ts'
import { useTypeLabel } from '../lib/use-catalog.ts'
import styles from './confirm-disappearance.module.css'

interface ConfirmDisappearanceProps {
  scopeId: number
  accountId: string
  onClose: () => void
}

/** A reading that changes nothing sends no event, so what came of it is asked for. */
const askedAgainMs = [0, 2_000, 6_000, 20_000]

/** Asks whether what vanished from a held scope is really gone. The question is read afresh: it may have settled itself. */
export const ConfirmDisappearance = ({ scopeId, accountId, onClose }: ConfirmDisappearanceProps) => {
  const query = useQuery(
    api.scopes.list.queryOptions({
      input: { held: 'true', accountId: [accountId], maxResults: 200 },
      staleTime: 0,
    }),
  )
  const scope = query.data?.items.find(({ id }) => id === scopeId)
  if (scope?.held) return <Question scope={scope} missing={scope.held.missing} onClose={onClose} />
  return (
    <FormDialog title="Confirm a disappearance" problem={null} onClose={onClose} onSubmit={onClose} submit={null}>
      <Loadable query={query} what="The scope could not be loaded">
        {() => <EmptyState icon="check" title="Nothing of this scope waits for a confirmation any more" />}
      </Loadable>
    </FormDialog>
  )
}

const Question = ({ scope, missing, onClose }: { scope: Scope; missing: number; onClose: () => void }) => {
  const queries = useQueryClient()
  const label = useTypeLabel()(scope.resourceType)
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: api.scopes.key() })
    void queries.invalidateQueries({ queryKey: api.overview.key() })
  }
  const confirm = useMutation(
    api.scopes.confirmDisappearance.mutationOptions({
      onSuccess: () => {
        notify('Confirmed. The scope is read once more; what is still missing then leaves the inventory.')
        for (const wait of askedAgainMs) setTimeout(refresh, wait)
        onClose()
      },
    }),
  )
  return (
    <TypedDelete
      title={`Are ${counted(missing, 'resource')} really gone?`}
      action={`Delete ${counted(missing, 'resource')}`}
      name={scope.accountName}
      problem={confirm.error ? problemOf(confirm.error) : null}
      busy={confirm.isPending}
      onDelete={() => confirm.mutate({ id: scope.id })}
      onClose={onClose}
    >
      <ul className={styles.consequences}>
        <li>
          The last complete list of <strong>{label}</strong> in <strong>{scope.region}</strong> of{' '}
          <strong>{scope.accountName}</strong> did not show {counted(missing, 'resource')} of {scope.resources}
          {scope.held && (
            <>
              ; the first time <RelativeTime at={scope.held.since} />
            </>
          )}
          . A lost permission or a wrong answer is likelier than so many deletions at once.
        </li>
        <li>After your confirmation the scope is read once more. What shows again then stays.</li>
        <li>What is still missing leaves the inventory with its relationships. This cannot be undone here.</li>
        <li>Nothing is changed in AWS.</li>
      </ul>
    </TypedDelete>
  )
}
