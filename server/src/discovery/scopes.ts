import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Scope, ScopeRow } from '@dashboard/contract/scopes.ts'
import type { Coverage, ScopeStatus } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { publish } from '../events/bus.ts'
import { decodeToken, encodeToken } from '../paging.ts'
import { readCoverage } from './coverage.ts'
import { getScope, listScopes, type ScopeFilter } from './scope-list.ts'

interface Page {
  maxResults: number
  nextToken?: string | undefined
}

export interface Scopes {
  list(
    query: Omit<ScopeFilter, 'jobId'> & Page,
  ): Promise<{ items: Scope[]; nextToken?: string; total: number; coverage: Coverage }>
  matrix(
    query: { accountId?: string[] | undefined } & Page,
  ): Promise<{ rows: ScopeRow[]; nextToken?: string; accounts: number; coverage: Coverage }>
  confirmDisappearance(id: number): Promise<Scope>
}

const Cursor = z.tuple([z.uuid()])

interface CellRow extends Record<string, unknown> {
  connection_id: string
  account_id: string
  account_name: string
  region: string
  cells: { id: number; resourceType: string; status: ScopeStatus; running: boolean; held: boolean }[]
}

const readMatrix = async (db: Database, connectionIds: readonly string[]): Promise<ScopeRow[]> => {
  const { rows } = await db.execute<CellRow>(sql`
    select a.id as connection_id, a.account_id, a.name as account_name, s.region,
      jsonb_agg(jsonb_build_object(
        'id', s.id, 'resourceType', s.resource_type, 'status', s.status,
        'running', coalesce(s.lease_until > now(), false), 'held', s.held_since is not null) order by s.resource_type) as cells
    from scope s join aws_account a on a.id = s.connection_id
    where a.id = any(${sql.param([...connectionIds])}::uuid[])
    group by a.id, s.region order by a.id, s.region = 'global' desc, s.region`)
  return rows.map((row) => ({
    accountId: row.account_id,
    accountName: row.account_name,
    region: row.region,
    cells: row.cells,
  }))
}

/** The ledger as people read it, and the one decision it asks of them. */
export const createScopes = (options: { db: Database }): Scopes => {
  const { db } = options
  return {
    list: async ({ maxResults, nextToken, ...filter }) => {
      const [page, coverage] = await Promise.all([
        listScopes(db, filter, { maxResults, nextToken }),
        readCoverage(db, filter),
      ])
      return { ...page, coverage }
    },

    matrix: async ({ accountId, maxResults, nextToken }) => {
      const after = decodeToken(Cursor, nextToken)?.[0]
      const chosen = accountId === undefined ? sql`true` : sql`account_id = any(${sql.param(accountId)}::text[])`
      const { rows } = await db.execute<{ id: string }>(sql`
        select id from aws_account where ${chosen} and ${after === undefined ? sql`true` : sql`id > ${after}::uuid`}
        order by id limit ${maxResults + 1}`)
      const shown = rows.slice(0, maxResults).map((row) => row.id)
      const [matrix, counted, coverage] = await Promise.all([
        readMatrix(db, shown),
        db.execute<{ accounts: number }>(sql`select count(*)::int as accounts from aws_account where ${chosen}`),
        readCoverage(db, { accountId }),
      ])
      const last = rows.length > maxResults ? shown.at(-1) : undefined
      return {
        rows: matrix,
        accounts: counted.rows[0]?.accounts ?? 0,
        coverage,
        ...(last === undefined ? {} : { nextToken: encodeToken([last]) }),
      }
    },

    confirmDisappearance: async (id) => {
      await getScope(db, id)
      await db.transaction(async (tx) => {
        // Read once more before anything is deleted: what was wrong may have healed since the question was asked.
        const { rows } = await tx.execute(sql`
          update scope set disappearance_confirmed_at = now(), next_due = now(), priority = 0
          where id = ${id} and held_since is not null returning id`)
        if (rows.length === 0) throw new AppError('NOTHING_TO_CONFIRM')
        await publish(tx, { type: 'work' })
      })
      return getScope(db, id)
    },
  }
}
