import type { ResourceRelationship } from '@dashboard/contract/resources.ts'
import type { RelationshipKind } from '@dashboard/contract/vocabulary.ts'
import type { z } from 'zod'
import { MiddleText } from '../../../components/middle-text.tsx'
import { TypeName } from '../../../components/type-name.tsx'
import styles from './details.module.css'

type Relationship = z.infer<typeof ResourceRelationship>

/** How a relationship reads from this resource, and how it reads from the other end. */
const words: Record<RelationshipKind, { out: string; in: string }> = {
  in: { out: 'Is in', in: 'Contains' },
  'attached-to': { out: 'Attached to', in: 'Has attached' },
  uses: { out: 'Uses', in: 'Used by' },
  assumes: { out: 'Assumes', in: 'Assumed by' },
  'encrypted-by': { out: 'Encrypted by', in: 'Encrypts' },
  allows: { out: 'Allows', in: 'Allowed by' },
  'member-of': { out: 'Member of', in: 'Has members' },
  'sends-to': { out: 'Sends to', in: 'Receives from' },
  invokes: { out: 'Invokes', in: 'Invoked by' },
  'routes-to': { out: 'Routes to', in: 'Routed from' },
  'created-from': { out: 'Created from', in: 'Source of' },
}

interface RelationsProps {
  relationships: Relationship[]
  onFollow: (id: string) => void
}

/** What this resource names and what names it, grouped by how. */
export const Relations = ({ relationships, onFollow }: RelationsProps) => {
  if (relationships.length === 0) return <p className="muted">No relationship to another resource is known.</p>
  const groups = Map.groupBy(relationships, ({ kind, direction }) => words[kind][direction])
  return (
    <>
      {[...groups].map(([title, members]) => (
        <section key={title} aria-label={title}>
          <p className={styles.group}>
            {title} <span className="muted">{members.length}</span>
          </p>
          <ul>
            {members.map((member) => (
              <li key={`${member.targetType} ${member.target}`} className={styles.relation}>
                <Target relationship={member} onFollow={onFollow} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const Target = ({ relationship, onFollow }: { relationship: Relationship; onFollow: (id: string) => void }) => {
  const { resource, target, targetType } = relationship
  const type = (
    <span className={styles.relationType}>
      <TypeName type={targetType} />
    </span>
  )
  if (!resource)
    return (
      <>
        {type}
        <span className="muted">
          <MiddleText text={target} mono />
        </span>
        <span className="muted">not in the inventory</span>
      </>
    )
  return (
    <>
      {type}
      <a
        href={`/resources/${resource.id}`}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          onFollow(resource.id)
        }}
      >
        {resource.name}
      </a>
      <span className="muted">{resource.state ?? resource.region}</span>
    </>
  )
}
