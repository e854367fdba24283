import { one } from '../../lib/search-params.ts'

/** `replace`: the id of the credential whose secret is to be replaced. */
export const credentialsSearch = (raw: Record<string, unknown>): { replace?: string } => {
  const replace = one(raw['replace'])
  return replace ? { replace } : {}
}
