import { and, inArray, isNull, or, sql, type SQL } from 'drizzle-orm'
import type { EnvironmentSource } from '@dashboard/contract/vocabulary.ts'
import { accountEnvironment, resource } from '../db/schema.ts'

/** What a resource says itself, else what its account or organizational unit says; for queries that join the view. */
export const environmentColumns = {
  environment: sql<string | null>`coalesce(${resource.environment}, ${accountEnvironment.environment})`,
  environmentSource: sql<EnvironmentSource | null>`case when ${resource.environment} is null
    then ${accountEnvironment.source} else 'tag' end`,
}

/**
 * Two halves that both read the index `resource_environment`: what says so itself, and what says nothing in accounts
 * that do. The accounts are an array, computed once: as a subquery of its own no index could serve it.
 */
export const inEnvironments = (environments: readonly string[]): SQL | undefined =>
  or(
    inArray(resource.environment, [...environments]),
    and(
      isNull(resource.environment),
      sql`${resource.accountId} = any(array(
        select a.account_id from aws_account a join account_environment e on e.connection_id = a.id
        where e.environment = any(${sql.param([...environments])}::text[])))`,
    ),
  )
