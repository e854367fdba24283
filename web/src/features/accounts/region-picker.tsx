import styles from './accounts.module.css'

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
  const toggle = (region: string, on: boolean) =>
    onChange(choices.map((choice) => choice.region).filter((other) => (other === region ? on : chosen.includes(other))))
  return (
    <fieldset className={styles.regions}>
      <legend>Regions to scan</legend>
      <div>
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
      {error && <p className={styles.fieldError}>{error}</p>}
    </fieldset>
  )
}
