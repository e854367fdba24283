import type { Scope } from '@dashboard/contract/scopes.ts'
import Button from '@mui/material/Button'
import { lazy, Suspense, useState } from 'react'
import { discoverInputs } from '../lib/discover-inputs.ts'
import { useDiscover } from '../lib/use-discover.ts'
import type { ScopePlace } from '../lib/scope-place.ts'
import { IconButton } from './icon-button.tsx'

// Loaded at the first press: only a held scope needs a dialog.
const ConfirmDisappearance = lazy(async () => ({
  default: (await import('./confirm-disappearance.tsx')).ConfirmDisappearance,
}))

/** Asks AWS again for one scope. */
export const RunAgain = ({ place }: { place: ScopePlace }) => {
  const discover = useDiscover()
  return (
    <Button disabled={discover.isPending} onClick={() => discover.mutate(discoverInputs([place]))}>
      Run again
    </Button>
  )
}

/** The same in a row of a table. */
export const RunAgainIcon = ({ place, name }: { place: ScopePlace; name: string }) => {
  const discover = useDiscover()
  return (
    <IconButton
      icon="retry"
      label={`Run ${name} again`}
      disabled={discover.isPending}
      onClick={() => discover.mutate(discoverInputs([place]))}
    />
  )
}

/** Opens the question whether what vanished from a held scope is really gone. */
export const ConfirmButton = ({ id, accountId }: Pick<Scope, 'id' | 'accountId'>) => {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        Confirm that they are gone
      </Button>
      <Suspense fallback={null}>
        {isAsking && <ConfirmDisappearance scopeId={id} accountId={accountId} onClose={() => setAsking(false)} />}
      </Suspense>
    </>
  )
}
