import type { AWSResource } from '@dashboard/contract/resources.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CopyText } from '../../../components/copy-text.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import styles from './details.module.css'

const most = 14

const sourceWord = { tag: 'from its tag', account: 'from its account', ou: 'from its organizational unit' }

const isPlain = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value) && value !== ''

/** The plain fields AWS gives at the top level, without the ids that stand above already. */
const plainFields = ({ properties, arn, resourceId, name }: AWSResource): [string, string][] =>
  Object.entries(properties)
    .filter(([, value]) => isPlain(value) && value !== arn && value !== resourceId && value !== name)
    .slice(0, most)
    .map(([key, value]) => [key, String(value)])

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

export const Summary = ({ resource }: { resource: AWSResource }) => {
  const fields = plainFields(resource)
  return (
    <>
      <dl className={styles.facts}>
        <Fact name="Id">
          <CopyText text={resource.resourceId} what="id" />
        </Fact>
        <Fact name="State">{resource.state ?? <span className="muted">This type has none</span>}</Fact>
        <Fact name="Account">
          <Link to="/resources" search={{ account: [resource.accountId] }}>
            {resource.accountName}
          </Link>
          <span className="mono muted">{resource.accountId}</span>
        </Fact>
        <Fact name="Environment">
          {resource.environment === null ? (
            <span className="muted">Neither a tag, nor the account, nor its organizational unit says</span>
          ) : (
            <>
              <Link to="/resources" search={{ environment: [resource.environment] }}>
                {resource.environment}
              </Link>
              {resource.environmentSource && <span className="muted">{sourceWord[resource.environmentSource]}</span>}
            </>
          )}
        </Fact>
        <Fact name="Region">
          <Link to="/resources" search={{ region: [resource.region] }} className="mono">
            {resource.region}
          </Link>
        </Fact>
        <Fact name="Created">
          <RelativeTime at={resource.createdAt} never="AWS does not say" />
        </Fact>
        <Fact name="First seen">
          <RelativeTime at={resource.discoveredAt} />
        </Fact>
        <Fact name="Changed">
          <RelativeTime at={resource.lastUpdated} />
        </Fact>
        <Fact name="Complete as of">
          <RelativeTime at={resource.lastSeenAt} never="Not complete yet" />
        </Fact>
      </dl>
      {fields.length > 0 && (
        <section aria-label="Fields">
          <p className={styles.group}>Fields</p>
          <dl className={styles.facts}>
            {fields.map(([key, value]) => (
              <Fact key={key} name={key}>
                <span className="mono">{value}</span>
              </Fact>
            ))}
          </dl>
        </section>
      )}
    </>
  )
}
