import Button from '@mui/material/Button'
import type { DiscoverInput } from '../lib/discover-inputs.ts'
import { useDiscover } from '../lib/use-discover.ts'

const everything: DiscoverInput[] = [{}]

/** Starts a discovery of every connected account, or of what is named. */
export const DiscoverButton = ({
  inputs = everything,
  label = 'Discover now',
}: {
  inputs?: DiscoverInput[]
  label?: string
}) => {
  const discover = useDiscover()
  return (
    <Button disabled={discover.isPending} onClick={() => discover.mutate(inputs)}>
      {label}
    </Button>
  )
}
