import type { Tags } from '@dashboard/contract/vocabulary.ts'
import { Link } from '@tanstack/react-router'
import styles from './details.module.css'

/** Each tag leads to everything that has it. */
export const TagList = ({ tags }: { tags: Tags }) => {
  const entries = Object.entries(tags)
  if (entries.length === 0) return <p className="muted">This resource has no tags.</p>
  return (
    <dl className={styles.facts}>
      {entries.map(([key, value]) => (
        <div key={key}>
          <dt className="mono">{key}</dt>
          <dd>
            <Link
              to="/resources"
              search={{ tag: [`${key}=${value}`] }}
              title={`Resources with ${key}=${value}`}
              className="mono"
            >
              {value || '(empty)'}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  )
}
