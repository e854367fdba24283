import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Field } from '../../components/field.tsx'
import { counted, formatNumber } from '../../lib/format.ts'
import styles from './api-reference.module.css'
import { matching, type PlacedOperation } from './operations.ts'

/** The operation tells the links apart; their path is the same. */
const exactly = { includeSearch: true, explicitUndefined: true }

/** All operations by area, narrowed by words. */
export const OperationNav = ({ operations }: { operations: readonly PlacedOperation[] }) => {
  const [wanted, setWanted] = useState('')
  const shown = matching(operations, wanted)
  return (
    <div className={styles.nav}>
      <Field
        label="Find an operation, a path or a parameter"
        type="search"
        value={wanted}
        onChange={({ target }) => setWanted(target.value)}
      />
      <p className="muted" role="status">
        {shown.length === operations.length
          ? counted(operations.length, 'operation')
          : `${formatNumber(shown.length)} of ${counted(operations.length, 'operation')}`}
      </p>
      <nav aria-label="Operations" className={styles.list}>
        <Link to="/settings/api" search={{ operation: undefined }} activeOptions={exactly}>
          Start here
        </Link>
        {[...Map.groupBy(shown, ({ area }) => area)].map(([area, inArea]) => (
          <div key={area} role="group" aria-label={area}>
            <span className={styles.area}>{area}</span>
            {inArea.map(({ operationId, method, path, summary }) => (
              <Link
                key={operationId}
                to="/settings/api"
                search={{ operation: operationId }}
                activeOptions={exactly}
                title={summary}
              >
                <span className={styles.method}>{method}</span> <span className={styles.path}>{path}</span>
              </Link>
            ))}
          </div>
        ))}
      </nav>
    </div>
  )
}
