import Button from '@mui/material/Button'
import type { ReactNode } from 'react'
import { saveFile } from '../lib/files/save-file.ts'
import { CopyButton } from './copy-button.tsx'
import styles from './code-block.module.css'
import { Icon } from './icon.tsx'

interface CodeBlockProps {
  /** What it is, also the name for screen readers: “Trust policy”. */
  label: string
  text: string
  /** Offers a download under this name. */
  fileName?: string
  /** The text with colours, when it has any. */
  children?: ReactNode
}

/** Text to read, copy and download. It scrolls on its own, by keyboard too. */
export const CodeBlock = ({ label, text, fileName, children }: CodeBlockProps) => (
  <div className={styles.block}>
    <div className={styles.bar}>
      <span>{label}</span>
      <CopyButton text={text} what={label} />
      {fileName && (
        <Button variant="text" onClick={() => saveFile(fileName, text)} aria-label={`Download ${label} as ${fileName}`}>
          <Icon name="download" size={14} />
          <span className={styles.file}>{fileName}</span>
        </Button>
      )}
    </div>
    {/* A box that scrolls must be reachable by keyboard. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <pre className={styles.code} tabIndex={0} role="region" aria-label={label}>
      <code>{children ?? text}</code>
    </pre>
  </div>
)
