import type { Role } from '@dashboard/contract/auth.ts'
import Button from '@mui/material/Button'
import { useColorScheme } from '@mui/material/styles'
import { useState, type FormEvent } from 'react'
import { ButtonLink } from '../../components/button-link.tsx'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { Field } from '../../components/field.tsx'
import { Page, Section } from '../../components/page.tsx'
import { formText } from '../../lib/form-text.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf, wrongPassword, type Problem } from '../../lib/problem.ts'
import { changePassword, session, signOut } from '../../lib/session.ts'
import { useStore } from '../../lib/store.ts'
import { ResourceTypes } from './resource-types.tsx'
import styles from './settings.module.css'

export const SettingsPage = () => (
  <Page title="Settings">
    <div className={styles.columns}>
      <div className={styles.column}>
        <You />
        <PasswordForm />
      </div>
      <div className={styles.column}>
        <ThemeChoice />
        <Section title="API">
          <p className="muted">Everything on these pages is an operation of the API, described as OpenAPI 3.1.</p>
          <div>
            <ButtonLink to="/settings/api">API reference</ButtonLink>
          </div>
        </Section>
      </div>
    </div>
    <ResourceTypes />
  </Page>
)

const modes = [
  { mode: 'system', label: 'As the system' },
  { mode: 'light', label: 'Light' },
  { mode: 'dark', label: 'Dark' },
] as const

const ThemeChoice = () => {
  const { mode = 'system', setMode } = useColorScheme()
  return (
    <Section title="Theme">
      <fieldset className={styles.modes}>
        <legend className="visually-hidden">Theme</legend>
        {modes.map((choice) => (
          <label key={choice.mode}>
            <input type="radio" name="theme" checked={mode === choice.mode} onChange={() => setMode(choice.mode)} />
            {choice.label}
          </label>
        ))}
      </fieldset>
    </Section>
  )
}

const PasswordForm = () => {
  const [problem, setProblem] = useState<Problem | null>(null)
  const [differ, setDiffer] = useState(false)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const next = formText(data, 'next')
    const isRepeated = next === formText(data, 'again')
    setDiffer(!isRepeated)
    setProblem(null)
    if (!isRepeated) return
    setBusy(true)
    try {
      await changePassword(formText(data, 'current'), next)
      form.reset()
      notify('Password changed. Your other sessions have ended.')
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Section title="Your password">
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <Field
          label="Current password"
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={wrongPassword(problem)}
        />
        <Field
          label="New password"
          name="next"
          type="password"
          autoComplete="new-password"
          minLength={12}
          required
          help="At least 12 characters."
        />
        <Field
          label="New password, again"
          name="again"
          type="password"
          autoComplete="new-password"
          required
          error={differ ? 'The two new passwords differ.' : undefined}
        />
        {problem && !wrongPassword(problem) && <ErrorPanel problem={problem} />}
        <Button type="submit" disabled={busy}>
          Change password
        </Button>
      </form>
    </Section>
  )
}

const roleWords: Record<Role, string> = {
  viewer: 'Viewer: sees everything, changes nothing',
  auditor: 'Auditor: sees everything, changes nothing',
  operator: 'Operator: validates, pauses and discovers',
  admin: 'Administrator: connects, changes and removes accounts and credentials',
}

const You = () => {
  const now = useStore(session)
  if (now.phase !== 'signed-in') return null
  return (
    <Section title="You">
      <dl className={styles.facts}>
        <dt>Email</dt>
        <dd>{now.user.email}</dd>
        <dt>Role</dt>
        <dd>{roleWords[now.user.role]}</dd>
      </dl>
      <div>
        <Button onClick={() => void signOut().catch((error: unknown) => notify(problemOf(error).message, 'bad'))}>
          Sign out
        </Button>
      </div>
    </Section>
  )
}
