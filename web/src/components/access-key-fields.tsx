import type { UseFormRegisterReturn } from 'react-hook-form'
import { Field } from './field.tsx'

interface AccessKeyFieldsProps {
  accessKeyId: UseFormRegisterReturn
  secretAccessKey: UseFormRegisterReturn
  errors: { accessKeyId: string | undefined; secretAccessKey: string | undefined }
}

/** The two halves of an access key. Write-only: nothing fills them, and the browser is asked not to keep them. */
export const AccessKeyFields = ({ accessKeyId, secretAccessKey, errors }: AccessKeyFieldsProps) => (
  <>
    <Field
      label="Access key id"
      required
      autoComplete="off"
      help="Starts with AKIA."
      error={errors.accessKeyId}
      {...accessKeyId}
    />
    <Field
      label="Secret access key"
      type="password"
      required
      autoComplete="new-password"
      help="40 characters. It is stored encrypted and never shown again."
      error={errors.secretAccessKey}
      {...secretAccessKey}
    />
  </>
)
