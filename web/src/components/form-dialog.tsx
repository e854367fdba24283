import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import { useId, type FormEvent, type ReactNode } from 'react'
import type { Problem } from '../lib/problem.ts'
import { ErrorPanel } from './error-panel.tsx'
import styles from './form-dialog.module.css'

interface FormDialogProps {
  title: string
  /** The dialog stays open on an error and shows it. */
  problem: Problem | null
  onClose: () => void
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown
  /** The button that says what happens: verb and object. */
  submit: ReactNode
  children: ReactNode
}

export const FormDialog = ({ title, problem, onClose, onSubmit, submit, children }: FormDialogProps) => {
  const id = useId()
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void onSubmit(event)
        }}
      >
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {children}
        {problem && <ErrorPanel problem={problem} />}
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          {submit}
        </div>
      </form>
    </Dialog>
  )
}
