import Button from '@mui/material/Button'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { Field } from '../../components/field.tsx'
import { signIn } from '../../lib/session.ts'
import { SignInFrame } from './sign-in-frame.tsx'
import styles from './sign-in-frame.module.css'
import { useSubmit } from './use-submit.ts'

/** Stands at whatever address was asked for, so signing in shows that very page. */
export const SignInPage = ({ ended }: { ended: boolean }) => {
  const { submit, problem, busy } = useSubmit((field) => signIn(field('email'), field('password')))
  return (
    <SignInFrame title="Sign in">
      {ended && <p>Your session has ended. Sign in to go on where you were; what you typed is kept.</p>}
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        {problem && <ErrorPanel problem={problem} />}
        <Button type="submit" variant="contained" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
    </SignInFrame>
  )
}
