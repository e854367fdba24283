import { ButtonLink } from '../components/button-link.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'

export const NotFound = () => (
  <Page title="Page not found">
    <EmptyState title="There is no page at this address" action={<ButtonLink to="/">Go to the overview</ButtonLink>}>
      The link may be old, or mistyped.
    </EmptyState>
  </Page>
)
