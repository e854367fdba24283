import type { SavedView } from '@dashboard/contract/views.ts'
import Button from '@mui/material/Button'
import { formText } from '../../lib/form-text.ts'
import { notify } from '../../lib/notice.ts'
import { issueFor, problemOf } from '../../lib/problem.ts'
import { useViewChanges } from '../../lib/views/use-views.ts'
import { Field } from '../field.tsx'
import { FormDialog } from '../form-dialog.tsx'
import styles from './views.module.css'

interface ViewDialogProps {
  page: SavedView['page']
  search: string
  /** The one to rename; null saves a new one. */
  view: SavedView | null
  onClose: () => void
}

export const ViewDialog = ({ page, search, view, onClose }: ViewDialogProps) => {
  const { add, update } = useViewChanges()
  const change = view ? update : add
  const problem = change.error ? problemOf(change.error) : null
  const done = (name: string, shared: boolean) => {
    notify(view ? `Changed the view ${name}` : `Saved the view ${name}${shared ? ' for everybody' : ''}`)
    onClose()
  }
  return (
    <FormDialog
      title={view ? `Rename ${view.name}` : 'Save this view'}
      problem={issueFor(problem, 'name') ? null : problem}
      onClose={onClose}
      onSubmit={({ currentTarget }) => {
        const data = new FormData(currentTarget)
        const [name, shared] = [formText(data, 'name').trim(), data.has('shared')]
        const onSuccess = () => done(name, shared)
        if (view) update.mutate({ id: view.id, name, shared }, { onSuccess })
        else add.mutate({ page, name, search, shared }, { onSuccess })
      }}
      submit={
        <Button type="submit" variant="contained" disabled={change.isPending}>
          {view ? 'Rename view' : 'Save view'}
        </Button>
      }
    >
      <Field
        label="Name"
        name="name"
        required
        maxLength={80}
        autoFocus
        autoComplete="off"
        defaultValue={view?.name ?? ''}
        error={issueFor(problem, 'name')}
      />
      <label className={styles.shared}>
        <input type="checkbox" name="shared" defaultChecked={view?.shared ?? false} />
        Everybody sees it
      </label>
    </FormDialog>
  )
}
