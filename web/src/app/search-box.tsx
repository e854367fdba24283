import { useNavigate, useRouterState } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { Icon } from '../components/icon.tsx'
import styles from './search-box.module.css'

/** Finds resources from any page; the resources page has its own query line instead. */
export const SearchBox = () => {
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const path = useRouterState({ select: ({ location }) => location.pathname })
  if (path === '/resources') return null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const wanted = text.trim()
    setText('')
    void navigate({ to: '/resources', search: wanted ? { text: wanted } : {} })
  }
  return (
    <form role="search" className={styles.box} onSubmit={submit}>
      <Icon name="search" size={14} />
      <input
        type="search"
        aria-label="Search resources"
        placeholder="Search resources by name, id or ARN"
        data-query-line=""
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd>/</kbd>
    </form>
  )
}
