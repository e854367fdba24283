import { ErrorPanel } from '../components/error-panel.tsx'
import { Page } from '../components/page.tsx'
import { problemOf } from '../lib/problem.ts'

/** When a page itself breaks, or its code cannot be loaded; the frame around it works on. */
export const RouteError = ({ error }: { error: unknown }) => (
  <Page title="This page could not be shown">
    <ErrorPanel problem={problemOf(error)} retry={() => location.reload()} />
  </Page>
)
