import Button from '@mui/material/Button'
import type { DiscoverInput } from '../lib/discover-inputs.ts'
import { useAccounts } from '../lib/use-accounts.ts'
import { useDiscover } from '../lib/use-discover.ts'

const everything: DiscoverInput[] = [{}]

/** Why nothing can be discovered; undefined when something can, or while the accounts are not known. */
const useObstacle = (inputs: DiscoverInput[]): string | undefined => {
  const { data } = useAccounts()
  if (!data || data.nextToken !== undefined) return undefined
  const named = inputs.flatMap(({ accountIds = [] }) => accountIds)
  const meant = data.items.filter(({ accountId }) => named.length === 0 || named.includes(accountId))
  if (meant.some(({ status }) => status === 'active')) return undefined
  return named.length === 1
    ? 'This account is not active: validate it first'
    : 'No account is active: validate one first'
}

/** Starts a discovery of every connected account, or of what is named. */
export const DiscoverButton = ({
  inputs = everything,
  label = 'Discover now',
}: {
  inputs?: DiscoverInput[]
  label?: string
}) => {
  const discover = useDiscover()
  const obstacle = useObstacle(inputs)
  return (
    // A disabled button hears no pointer, so its title would never show.
    <span title={obstacle}>
      <Button disabled={discover.isPending || obstacle !== undefined} onClick={() => discover.mutate(inputs)}>
        {label}
      </Button>
    </span>
  )
}
