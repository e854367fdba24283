import type { AWSResource } from '@dashboard/contract/resources.ts'
import { useQuery } from '@tanstack/react-query'
import { CodeBlock } from '../../../components/code-block.tsx'
import { CopyText } from '../../../components/copy-text.tsx'
import { Icon } from '../../../components/icon.tsx'
import { JsonView } from '../../../components/json-view.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { Skeleton } from '../../../components/skeleton.tsx'
import { Tabs } from '../../../components/tabs.tsx'
import { TypeName } from '../../../components/type-name.tsx'
import { api } from '../../../lib/api.ts'
import { copy } from '../../../lib/hand-on/copy.ts'
import { usePageTitle } from '../../../lib/title.ts'
import { awsCliOfResource, curlOf } from '../hand-on/commands.ts'
import styles from './details.module.css'
import { Relations } from './relations.tsx'
import type { ResourceTab } from '../resources-search.ts'
import { Summary } from './summary.tsx'
import { TagList } from './tag-list.tsx'
import { Versions } from './versions.tsx'

interface ResourceDetailsProps {
  id: string
  heading: 'h1' | 'h2'
  tab: ResourceTab
  onTab: (tab: ResourceTab) => void
  /** Goes to a related resource. */
  onFollow: (id: string) => void
}

/** Everything about one resource, in the inspector and on its page. */
export const ResourceDetails = (props: ResourceDetailsProps) => {
  const { heading: Heading } = props
  const query = useQuery(api.resources.get.queryOptions({ input: { id: props.id } }))
  return (
    <div className={styles.details}>
      {query.data === undefined && (
        <Heading className={query.error ? styles.failed : 'visually-hidden'}>Resource</Heading>
      )}
      <Loadable
        query={query}
        what="The resource could not be loaded"
        skeleton={
          <div className={styles.head}>
            <Skeleton lines={8} height={28} />
          </div>
        }
      >
        {(resource) => <Loaded {...props} resource={resource} />}
      </Loadable>
    </div>
  )
}

const Loaded = ({
  resource,
  heading: Heading,
  tab,
  onTab,
  onFollow,
}: ResourceDetailsProps & { resource: AWSResource }) => {
  usePageTitle(resource.name)
  const tabs = [
    { id: 'summary', title: 'Summary' },
    { id: 'tags', title: 'Tags', count: Object.keys(resource.tags).length },
    { id: 'relations', title: 'Relations', count: resource.relationships.length },
    { id: 'versions', title: 'History' },
    { id: 'json', title: 'JSON' },
  ] as const
  return (
    <>
      <header className={styles.head}>
        <Heading className={styles.title}>{resource.name}</Heading>
        <div className={styles.actions}>
          <span className="muted">
            <TypeName type={resource.resourceType} />
          </span>
          {resource.consoleUrl && (
            <a href={resource.consoleUrl} target="_blank" rel="noreferrer noopener" className={styles.console}>
              AWS console <Icon name="external" size={12} />
            </a>
          )}
          <button type="button" onClick={() => void copy(awsCliOfResource(resource), 'an AWS CLI command')}>
            Copy as AWS CLI
          </button>
          <button
            type="button"
            onClick={() => void copy(curlOf(location.origin, `/resources/${resource.id}`), 'a curl command')}
          >
            Copy as curl
          </button>
        </div>
        <CopyText text={resource.arn} what="ARN" />
      </header>
      {resource.deletedAt && (
        <p className={styles.warning}>
          <Icon name="warning" size={14} />
          <span>
            Deleted <RelativeTime at={resource.deletedAt} />: two complete lists did not show it. What stands here is
            how it was last.
          </span>
        </p>
      )}
      {resource.missingSince && !resource.deletedAt && (
        <p className={styles.warning}>
          <Icon name="warning" size={14} />
          <span>
            Missing <RelativeTime at={resource.missingSince} />: the last complete list did not show it. Another one
            decides.
          </span>
        </p>
      )}
      {resource.detailError && (
        <p className={styles.warning}>
          <Icon name="warning" size={14} />
          <span>
            {resource.detailError.operation} failed, so its fields are as of the last success.{' '}
            {resource.detailError.message}
          </span>
        </p>
      )}
      <Tabs label={`About ${resource.name}`} tabs={tabs} selected={tab} onSelect={onTab}>
        <div className={styles.panel}>
          {tab === 'summary' && <Summary resource={resource} />}
          {tab === 'tags' && <TagList tags={resource.tags} />}
          {tab === 'relations' && <Relations relationships={resource.relationships} onFollow={onFollow} />}
          {tab === 'versions' && <Versions id={resource.id} />}
          {tab === 'json' && (
            <CodeBlock
              label="Raw JSON"
              text={JSON.stringify(resource.properties, null, 2)}
              fileName={`${resource.resourceId.replace(/[^\w.-]+/g, '_')}.json`}
            >
              <JsonView value={resource.properties} />
            </CodeBlock>
          )}
        </div>
      </Tabs>
    </>
  )
}
