import { useTypeLabel } from '../lib/use-catalog.ts'

/** A resource type in the catalog's words, with its full name on hover. */
export const TypeName = ({ type }: { type: string }) => <span title={type}>{useTypeLabel()(type)}</span>
