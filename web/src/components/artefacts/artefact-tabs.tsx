import { useState } from 'react'
import { CodeBlock } from '../code-block.tsx'
import { Tabs } from '../tabs.tsx'
import styles from './artefact-tabs.module.css'

/** A text to take into AWS: a template, a script, a policy. */
export interface Artefact {
  id: string
  title: string
  fileName: string
  /** Null: the installation cannot offer it. */
  text: string | null
  /** What to do with it, where that is not plain. */
  note?: string
}

export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2)

/** The same thing in several forms, each to copy or download; what cannot be offered is left out. */
export const ArtefactTabs = ({ label, artefacts }: { label: string; artefacts: readonly Artefact[] }) => {
  const offered = artefacts.filter(({ text }) => text !== null)
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = offered.find(({ id }) => id === chosen) ?? offered[0]
  if (!shown) return null
  return (
    <div className={styles.artefacts}>
      <Tabs label={label} tabs={offered} selected={shown.id} onSelect={setChosen}>
        <div className={styles.artefact}>
          {shown.note && <p className="muted">{shown.note}</p>}
          <CodeBlock label={shown.title} text={shown.text ?? ''} fileName={shown.fileName} />
        </div>
      </Tabs>
    </div>
  )
}
