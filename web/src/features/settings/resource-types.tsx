import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { Field } from '../../components/field.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Section } from '../../components/page.tsx'
import { api } from '../../lib/api.ts'
import { counted, formatNumber } from '../../lib/format.ts'
import type { CatalogType } from '../../lib/use-catalog.ts'
import styles from './settings.module.css'

const ageWords = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} h` : `${formatNumber(minutes)} min`

const columns: Column<CatalogType>[] = [
  {
    title: 'Type',
    cell: ({ label, resourceType }) => (
      <Link to="/resources" search={{ type: [resourceType] }}>
        {label}
      </Link>
    ),
  },
  { title: 'CloudFormation name', cell: ({ resourceType }) => <span className="mono">{resourceType}</span> },
  { title: 'Service', cell: ({ service }) => <span className="mono">{service}</span> },
  { title: 'Read', cell: ({ scope }) => (scope === 'global' ? 'Once an account' : 'In each region') },
  {
    title: 'At most this old',
    align: 'right',
    cell: ({ maxStalenessMinutes }) => ageWords(maxStalenessMinutes),
  },
  {
    title: 'IAM actions',
    most: 360,
    cell: ({ iamActions }) => (
      <span className="mono" title={iamActions.join('\n')}>
        {iamActions.join(', ')}
      </span>
    ),
  },
]

const names = ({ label, resourceType, service, iamActions }: CatalogType): string =>
  [label, resourceType, service, ...iamActions].join(' ').toLowerCase()

/** What is discovered, how often it is asked for, and the permissions that this takes. */
export const ResourceTypes = () => {
  const [wanted, setWanted] = useState('')
  const query = useQuery(api.catalog.list.queryOptions({ staleTime: Infinity }))
  return (
    <Section title="Resource types">
      <Loadable query={query} what="The resource types could not be loaded">
        {({ items }) => {
          const shown = items.filter((type) => names(type).includes(wanted.trim().toLowerCase()))
          return (
            <>
              <Field
                label="Find a type, a service or an IAM action"
                type="search"
                className={styles.find}
                value={wanted}
                onChange={({ target }) => setWanted(target.value)}
              />
              <p className="muted" role="status">
                {shown.length === items.length
                  ? `${counted(items.length, 'type')} of ${counted(new Set(items.map(({ service }) => service)).size, 'service')}`
                  : `${formatNumber(shown.length)} of ${counted(items.length, 'type')}`}
              </p>
              {shown.length > 0 && (
                <DataTable
                  label="Resource types"
                  columns={columns}
                  rows={shown.toSorted((a, b) => a.label.localeCompare(b.label))}
                  keyOf={({ resourceType }) => resourceType}
                />
              )}
            </>
          )
        }}
      </Loadable>
    </Section>
  )
}
