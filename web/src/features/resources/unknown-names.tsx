import type { ResolvedTypes } from '../../lib/type-names.ts'
import styles from './resources.module.css'

interface UnknownNamesProps {
  unknownAccounts: readonly string[]
  unknownTypes: ResolvedTypes['unknown']
}

/** Says which names of the filter nothing has. */
export const UnknownNames = ({ unknownAccounts, unknownTypes }: UnknownNamesProps) => (
  <>
    {unknownAccounts.length > 0 && (
      <p className={styles.notice}>
        No connected account is called {unknownAccounts.join(' or ')}. Remove that filter, or choose an account from the
        list.
      </p>
    )}
    {unknownTypes.map(({ word, nearest }) => (
      <p key={word} className={styles.notice}>
        No such type: {word}
        {nearest === undefined ? '. Choose one from the list.' : `; did you mean ${nearest}?`}
      </p>
    ))}
  </>
)
