const number = new Intl.NumberFormat('en-US')

/** 12431 → `12,431`. */
export const formatNumber = (value: number): string => number.format(value)

/** `1 account`, `2 accounts`. */
export const counted = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatNumber(count)} ${count === 1 ? singular : plural}`

/** done of total as a whole percent; never 100 before all is done. */
export const percent = (done: number, total: number): number =>
  total <= 0 ? 0 : Math.floor((Math.min(done, total) / total) * 100)

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const steps = [
  { below: minute, unit: second, name: ' s' },
  { below: hour, unit: minute, name: ' min' },
  { below: day, unit: hour, name: ' h' },
  { below: 60 * day, unit: day, name: ' d' },
  { below: 730 * day, unit: 30 * day, name: ' months' },
  { below: Infinity, unit: 365 * day, name: ' years' },
]

/**
 * How long ago (or until) an instant is: `12 min ago`, `in 3 h`. Less than a minute ahead counts as now: the screen's
 * clock ticks every 15 s, and the server's may differ.
 */
export const relativeTime = (iso: string, now: number): string => {
  const distance = now - Date.parse(iso)
  const size = Math.abs(distance)
  if (size < 5 * second || (distance < 0 && size < minute)) return 'just now'
  const step = steps.find(({ below }) => size < below)
  const amount = step ? `${Math.floor(size / step.unit)}${step.name}` : ''
  return distance < 0 ? `in ${amount}` : `${amount} ago`
}

const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** In the reader's own time zone. */
export const absoluteTime = (iso: string): string => absolute.format(new Date(iso))

/** 95 → `1 min 35 s`. */
export const duration = (seconds: number): string => {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${whole / 60} min`
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}

/** `AWS::EC2::SecurityGroup` → `EC2 SecurityGroup`; the full name stands in the title. */
export const shortType = (resourceType: string): string => resourceType.split('::').slice(1).join(' ')
