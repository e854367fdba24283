import { getRouteApi, Link } from '@tanstack/react-router'
import { ResourceDetails } from './inspect/resource-details.tsx'
import styles from './inspect/details.module.css'

const route = getRouteApi('/resources/$id')

/** The inspector's content as a page of its own, to link to. */
export const ResourcePage = () => {
  const { id } = route.useParams()
  const { tab } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <div className={styles.page}>
      <nav aria-label="Breadcrumb" className={styles.crumb}>
        <Link to="/resources">Resources</Link>
      </nav>
      <ResourceDetails
        id={id}
        heading="h1"
        tab={tab ?? 'summary'}
        onTab={(next) => void navigate({ search: { tab: next }, replace: true })}
        onFollow={(next) => void navigate({ to: '/resources/$id', params: { id: next } })}
      />
    </div>
  )
}
