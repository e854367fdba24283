import { IconButton } from '../components/icon-button.tsx'
import { JobTrayButton } from '../features/jobs/job-tray-button.tsx'
import { toggleSheet } from './frame-state.ts'
import { LiveDot } from './live-dot.tsx'
import { PaletteButton } from './palette/palette-button.tsx'
import { ScopeControl } from './scope-control.tsx'
import styles from './top-bar.module.css'
import { UserMenu } from './user-menu.tsx'

export const TopBar = ({ onMenu }: { onMenu: () => void }) => (
  <header className={styles.bar}>
    <IconButton icon="menu" label="Open the menu" className={styles.menu} onClick={onMenu} />
    <ScopeControl />
    <PaletteButton />
    <div className={styles.right}>
      <LiveDot />
      <JobTrayButton />
      <IconButton
        icon="help"
        label="Keyboard shortcuts"
        className={styles.wideOnly}
        onClick={() => toggleSheet(true)}
      />
      <UserMenu />
    </div>
  </header>
)
