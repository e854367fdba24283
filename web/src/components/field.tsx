import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './field.module.css'

interface FieldProps extends ComponentProps<'input'> {
  label: string
  help?: ReactNode
  error?: string | undefined
}

/** A text field: label above, help below, and the error in its place, tied together for screen readers. */
export const Field = ({ label, help, error, className, ...input }: FieldProps) => {
  const id = useId()
  return (
    <div className={`${styles.field} ${className ?? ''}`}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={error || help ? `${id}-note` : undefined}
        spellCheck={false}
        {...input}
      />
      {(error || help) && (
        <p id={`${id}-note`} data-error={error !== undefined}>
          {error ?? help}
        </p>
      )}
    </div>
  )
}
