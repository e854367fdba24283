import { useEffect, useState } from 'react'
import { notify } from '../lib/notice.ts'
import { IconButton } from './icon-button.tsx'

const confirmedForMs = 1_500

/** Puts `text` on the clipboard; the tick confirms it. `what` completes “Copy …”. */
export const CopyButton = ({ text, what, className }: { text: string; what: string; className?: string }) => {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), confirmedForMs)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => notify('The browser did not allow copying. Select the text instead.', 'bad'),
    )
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      label={copied ? 'Copied' : `Copy ${what}`}
      className={className}
      onClick={(event) => {
        event.stopPropagation()
        void copy()
      }}
    />
  )
}
