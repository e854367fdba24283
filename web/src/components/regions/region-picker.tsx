import Button from '@mui/material/Button'
import styles from './region-picker.module.css'

export interface RegionChoice {
  region: string
  /** Why it cannot be scanned, if it cannot. */
  note?: string
}

interface RegionPickerProps {
  choices: readonly RegionChoice[]
  chosen: readonly string[]
  onChange: (regions: string[]) => void
  error?: string | undefined
}

/** Which regions to scan; the order of the choices is kept. */
export const RegionPicker = ({ choices, chosen, onChange, error }: RegionPickerProps) => {
  const all = choices.map(({ region }) => region)
  const toggle = (region: string, on: boolean) =>
    onChange(all.filter((other) => (other === region ? on : chosen.includes(other))))
  const isAll = all.every((region) => chosen.includes(region))
  return (
    <fieldset className={styles.regions}>
      <legend>Regions to scan</legend>
      <div className={styles.grid}>
        {choices.map(({ region, note }) => (
          <label key={region} title={note}>
            <input
              type="checkbox"
              checked={chosen.includes(region)}
              onChange={({ target }) => toggle(region, target.checked)}
            />
            <span className="mono">{region}</span>
            {note && <span className="muted">{note}</span>}
          </label>
        ))}
      </div>
      <Button variant="text" className={styles.all ?? ''} onClick={() => onChange(isAll ? [] : all)}>
        {isAll ? 'Choose none' : 'Choose all'}
      </Button>
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}
