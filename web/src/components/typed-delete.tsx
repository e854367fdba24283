import Button from '@mui/material/Button'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../lib/problem.ts'
import { Field } from './field.tsx'
import { FormDialog } from './form-dialog.tsx'

interface TypedDeleteProps {
  /** What the button says: “Delete account”. */
  action: string
  /** Where the action and the name do not make a title. */
  title?: string
  /** What must be typed. */
  name: string
  problem: Problem | null
  busy: boolean
  onDelete: () => void
  onClose: () => void
  /** What will be gone, said plainly. */
  children: ReactNode
}

/** Guards what cannot be undone: the exact name must be typed. */
export const TypedDelete = (props: TypedDeleteProps) => {
  const { action, name, problem, busy, onDelete, onClose, children } = props
  const [typed, setTyped] = useState('')
  return (
    <FormDialog
      title={props.title ?? `${action} ${name}`}
      problem={problem}
      onClose={onClose}
      onSubmit={() => typed === name && onDelete()}
      submit={
        <Button type="submit" variant="contained" color="error" disabled={busy || typed !== name}>
          {action}
        </Button>
      }
    >
      <div>{children}</div>
      <Field
        label={`Type ${name} to confirm`}
        value={typed}
        autoFocus
        autoComplete="off"
        onChange={({ target }) => setTyped(target.value)}
      />
    </FormDialog>
  )
}
