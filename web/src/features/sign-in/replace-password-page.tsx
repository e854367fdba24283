import Button from '@mui/material/Button'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { Field } from '../../components/field.tsx'
import { FieldError, issueFor, problemOf, wrongPassword } from '../../lib/problem.ts'
import { changePassword, signOut } from '../../lib/session.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import styles from './sign-in-frame.module.css'
import { useSubmit } from './use-submit.ts'

/** Replaces the one-time password; nothing else is open until then. */
export const ReplacePasswordPage = ({ email }: { email: string }) => {
  const { submit, problem, busy, setProblem } = useSubmit((field) => {
    if (field('newPassword') !== field('repeated')) throw new FieldError('repeated', 'The two new passwords differ.')
    return changePassword(field('currentPassword'), field('newPassword'))
  })
  const mismatch = issueFor(problem, 'repeated')
  return (
    <SignInFrame title="Choose your password">
      <p className="muted">The one-time password of {email} is replaced now. Choose your own to go on.</p>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <Field
          label="One-time password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          error={wrongPassword(problem)}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
          help="At least 12 characters."
        />
        <Field
          label="New password, again"
          name="repeated"
          type="password"
          autoComplete="new-password"
          required
          error={mismatch}
        />
        {problem && !mismatch && !wrongPassword(problem) && <ErrorPanel problem={problem} />}
        <Button type="submit" variant="contained" disabled={busy}>
          {busy ? 'Saving…' : 'Save password'}
        </Button>
      </form>
      <p>
        <Button variant="text" onClick={() => void signOut().catch((error: unknown) => setProblem(problemOf(error)))}>
          Sign out
        </Button>
      </p>
    </SignInFrame>
  )
}
