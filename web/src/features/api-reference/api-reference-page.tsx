import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { EmptyState } from '../../components/empty-state.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Page } from '../../components/page.tsx'
import { saveFile } from '../../lib/files/save-file.ts'
import { authorisedFetch } from '../../lib/session.ts'
import styles from './api-reference.module.css'
import type { ApiDocument } from './document.ts'
import { OperationDetails } from './operation-details.tsx'
import { OperationNav } from './operation-nav.tsx'
import { operationsOf } from './operations.ts'
import { StartHere } from './start-here.tsx'

const route = getRouteApi('/settings/api')

const readDocument = async (): Promise<ApiDocument> => {
  const response = await authorisedFetch(new Request('/api/openapi.json'))
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return (await response.json()) as ApiDocument
}

/** Every operation of the API, from the description that the server itself gives. */
export const ApiReferencePage = () => {
  const query = useQuery({ queryKey: ['openapi'], queryFn: readDocument, staleTime: Infinity })
  return (
    <Page
      title="API reference"
      crumb={<Link to="/settings">Settings</Link>}
      actions={
        query.data !== undefined && (
          <Button onClick={() => saveFile('openapi.json', JSON.stringify(query.data, null, 2), 'application/json')}>
            Download openapi.json
          </Button>
        )
      }
    >
      <Loadable query={query} what="The description of the API could not be loaded">
        {(document) => <Reference document={document} />}
      </Loadable>
    </Page>
  )
}

const Reference = ({ document }: { document: ApiDocument }) => {
  const { operation: wanted } = route.useSearch()
  const operations = operationsOf(document)
  const operation = operations.find(({ operationId }) => operationId === wanted)
  return (
    <div className={styles.columns}>
      <OperationNav operations={operations} />
      {operation ? (
        <OperationDetails key={operation.operationId} operation={operation} document={document} />
      ) : wanted === undefined ? (
        <StartHere document={document} />
      ) : (
        <EmptyState title={`There is no operation ${wanted}`} />
      )}
    </div>
  )
}
