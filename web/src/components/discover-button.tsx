import Button from '@mui/material/Button'
import { useDiscover } from '../lib/use-discover.ts'

/** Starts a discovery of every connected account, or of the ones named. */
export const DiscoverButton = ({ accountIds, label = 'Discover now' }: { accountIds?: string[]; label?: string }) => {
  const discover = useDiscover()
  return (
    <Button disabled={discover.isPending} onClick={() => discover.mutate(accountIds ? { accountIds } : {})}>
      {label}
    </Button>
  )
}
