import type { ReactNode } from 'react'
import { problemOf } from '../lib/problem.ts'
import { ErrorPanel } from './error-panel.tsx'
import styles from './loadable.module.css'
import { Skeleton } from './skeleton.tsx'

/** The part of a TanStack query that a region of the page needs. */
export interface Loading<T> {
  data: T | undefined
  error: unknown
  isFetching: boolean
  refetch: () => unknown
}

interface LoadableProps<T> {
  query: Loading<T>
  /** What failed, when it fails: “The accounts could not be loaded”. */
  what: string
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** A region of the page: skeleton before the first answer, its own error, and the old data kept while it is fetched again. */
export const Loadable = <T,>({ query, what, skeleton, children }: LoadableProps<T>) => {
  const { data, error, isFetching, refetch } = query
  const failure = error ? <ErrorPanel problem={problemOf(error)} what={what} retry={() => void refetch()} /> : null
  if (data === undefined) return failure ?? skeleton ?? <Skeleton />
  return (
    <>
      {isFetching && <div className={styles.progress} aria-hidden="true" />}
      {failure}
      {children(data)}
    </>
  )
}
