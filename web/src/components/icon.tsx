import styles from './icon.module.css'

/** Line icons on a 16 px grid, drawn with a 1.5 px stroke; one path each. */
const paths = {
  overview: 'M2.5 2.5h4.5v5h-4.5zM9 2.5h4.5v3h-4.5zM9 7.5h4.5v6h-4.5zM2.5 9.5h4.5v4h-4.5z',
  resources: 'M8 2l5.4 3v6L8 14l-5.4-3V5zM2.6 5L8 8l5.4-3M8 8v6',
  accounts: 'M4.6 12.5a3 3 0 0 1-.4-5.95 4 4 0 0 1 7.65-.6A3.3 3.3 0 0 1 11.4 12.5z',
  credentials: 'M9.8 6.2a3 3 0 1 0-2.1 2.9l.9.9h1.4v1.4h1.4v1.6h2.1v-2.3zM5.6 5.6h.01',
  jobs: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 5v3l2 1.5M10.5 2.9l3 .1-.1 3',
  settings: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3',
  collapse: 'M10 4l-4 4 4 4',
  expand: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  up: 'M4 10l4-4 4 4',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  check: 'M3 8.5l3.2 3.2L13 5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.4 10.4l3.1 3.1',
  download: 'M8 2.5v7.5M4.8 7l3.2 3.2L11.2 7M2.5 13.5h11',
  external: 'M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.2 2.8L7.5 8.5',
  retry: 'M13.5 3v3.5H10M13.2 6.3A5.5 5.5 0 1 0 13.5 9',
  filter: 'M2.5 3.5h11L9.5 8.5v4.5l-3-1.5v-3z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  plus: 'M8 3v10M3 8h10',
  scope: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM1.8 8h12.4M8 1.8c-4 4-4 8.4 0 12.4M8 1.8c4 4 4 8.4 0 12.4',
  help: 'M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 12h.01M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8z',
  user: 'M8 2.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4zM2.8 13.5c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4',
  warning: 'M8 2.2l6.2 11.3H1.8zM8 6.2v3.6M8 11.6h.01',
  organization: 'M6 2h4v3.5H6zM2 10.5h3.5V14H2zM10.5 10.5H14V14h-3.5zM8 5.5V8M3.8 10.5V8h8.4v2.5',
  pause: 'M5.5 3v10M10.5 3v10',
  play: 'M5 3l7.5 5L5 13z',
  bookmark: 'M4 2.5h8v11l-4-3-4 3z',
  share:
    'M5 9.5a1.8 1.8 0 1 1 0-3.6 1.8 1.8 0 0 1 0 3.6zM11.5 5.3a1.8 1.8 0 1 1 0-3.6 1.8 1.8 0 0 1 0 3.6zM11.5 14a1.8 1.8 0 1 1 0-3.6 1.8 1.8 0 0 1 0 3.6zM6.6 6.8L10 4.6M6.6 8.6l3.3 2.6',
  edit: 'M10.5 2.8l2.7 2.7L5.7 13l-3.2.5.5-3.2zM8.8 4.5l2.7 2.7',
  trash: 'M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4',
  group: 'M2.5 3h4M2.5 8h4M2.5 13h4M9 3h4.5M9 8h4.5M9 13h4.5',
  terminal: 'M2.5 3h11v10h-11zM5 6l2 2-2 2M8.5 10.5H11',
  page: 'M9.5 2.5h4v4M13.3 2.7L9 7M6.5 13.5h-4v-4M2.7 13.3L7 9',
} as const

export type IconName = keyof typeof paths

/** Decorative: the words beside it, or the button's label, say what it means. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg className={styles.icon} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)
