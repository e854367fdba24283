import { absoluteTime, relativeTime } from '../lib/format.ts'
import { useNow } from './use-now.ts'

/** `12 min ago`, with the full time on hover. `never` is said for null. */
export const RelativeTime = ({ at, never = 'Never' }: { at: string | null; never?: string }) => {
  const now = useNow()
  if (at === null) return <span className="muted">{never}</span>
  return (
    <time dateTime={at} title={absoluteTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {relativeTime(at, now)}
    </time>
  )
}
