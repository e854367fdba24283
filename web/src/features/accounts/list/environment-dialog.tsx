import type { AWSAccountSummary } from '@dashboard/contract/accounts.ts'
import { Environment } from '@dashboard/contract/vocabulary.ts'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { EnvironmentField } from '../../../components/environment/environment-field.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { counted } from '../../../lib/format.ts'

interface EnvironmentDialogProps {
  accounts: readonly AWSAccountSummary[]
  onSet: (environment: string | null) => void
  onClose: () => void
}

/** Says what the resources of the chosen accounts are for, where they do not say it themselves. */
export const EnvironmentDialog = ({ accounts, onSet, onClose }: EnvironmentDialogProps) => {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const wanted = typed.trim().toLowerCase()
  const submit = () => {
    const issue = wanted === '' ? undefined : Environment.safeParse(wanted).error?.issues[0]?.message
    setError(issue)
    if (issue === undefined) onSet(wanted || null)
  }
  return (
    <FormDialog
      title={`Environment of ${counted(accounts.length, 'account')}`}
      problem={null}
      onClose={onClose}
      onSubmit={submit}
      submit={
        <Button type="submit" variant="contained">
          {wanted ? 'Set environment' : 'Clear environment'}
        </Button>
      }
    >
      <EnvironmentField
        autoFocus
        value={typed}
        error={error}
        help="It counts for resources without a tag of their own. Empty: a tag of the account or its organizational unit decides."
        onChange={({ target }) => setTyped(target.value)}
      />
    </FormDialog>
  )
}
