import { useColorScheme } from '@mui/material/styles'
import { useNavigate } from '@tanstack/react-router'
import { toggleTray } from '../../features/jobs/tray-state.ts'
import { pageActions, type Action } from '../../lib/actions.ts'
import { copy } from '../../lib/hand-on/copy.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'
import { signOut } from '../../lib/session.ts'
import { useStore } from '../../lib/store.ts'
import { useDiscover } from '../../lib/use-discover.ts'
import { toggleRail, toggleSheet } from '../frame-state.ts'

/** What can be done from anywhere, those of the page first. */
export const useActions = (): Action[] => {
  const navigate = useNavigate()
  const discover = useDiscover()
  const ofPage = useStore(pageActions)
  const { mode, systemMode, setMode } = useColorScheme()
  const isDark = (mode === 'system' ? systemMode : mode) === 'dark'
  const general: Action[] = [
    { id: 'discover', title: 'Discover everything now', run: () => discover.mutate([{}]) },
    { id: 'connect', title: 'Connect account', run: () => void navigate({ to: '/accounts/connect' }) },
    {
      id: 'theme',
      title: isDark ? 'Use the light theme' : 'Use the dark theme',
      run: () => setMode(isDark ? 'light' : 'dark'),
    },
    { id: 'system-theme', title: 'Use the theme of the system', run: () => setMode('system') },
    { id: 'jobs', title: 'Show jobs', keys: 'J', run: toggleTray },
    { id: 'rail', title: 'Collapse or expand the rail', keys: '[', run: toggleRail },
    { id: 'keys', title: 'Show keyboard shortcuts', keys: '?', run: () => toggleSheet(true) },
    { id: 'sign-out', title: 'Sign out', run: () => void signOut().catch(complain) },
  ]
  const link: Action = {
    id: 'copy-link',
    title: 'Copy link to this page',
    run: () => void copy(location.href, 'the link'),
  }
  return [...ofPage, ...(ofPage.some(({ id }) => id === link.id) ? [] : [link]), ...general]
}

const complain = (error: unknown) => notify(problemOf(error).message, 'bad')
