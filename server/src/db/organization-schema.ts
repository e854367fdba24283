import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Enrolment, OrganizationAccount } from '@dashboard/contract/organizations.ts'
import type { Fix } from '@dashboard/contract/vocabulary.ts'
import { awsAccount } from './schema.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** An AWS organization, read through one connection. */
export const organization = pgTable('organization', {
  connectionId: uuid('connection_id')
    .primaryKey()
    .references(() => awsAccount.id, { onDelete: 'cascade' }),
  organizationId: text('organization_id').notNull().unique(),
  managementAccountId: text('management_account_id').notNull(),
  /** Of every connection that joins from it. */
  externalId: text('external_id').notNull().unique(),
  enrolment: jsonb('enrolment').$type<Enrolment>(),
  /** Accounts that came into their unit after this are new to the enrolment. */
  enrolledSince: instant('enrolled_since'),
  /** So many connections would retire at once that a person must say whether to believe it. */
  heldRetirements: integer('held_retirements').notNull().default(0),
  lastComplete: instant('last_complete'),
  lastAttempt: instant('last_attempt'),
  nextDue: instant('next_due').notNull().defaultNow(),
  reason: text('reason'),
  fix: jsonb('fix').$type<Fix>(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const organizationalUnit = pgTable(
  'organizational_unit',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => organization.connectionId, { onDelete: 'cascade' }),
    id: text('id').notNull(),
    name: text('name').notNull(),
    parentId: text('parent_id'),
    /** Names from the root, joined by `/`. */
    path: text('path').notNull(),
    /** Ids from the root to itself: `below` is containment. */
    ancestors: text('ancestors').array().notNull(),
    /** Told by its own name or the nearest one above that tells. */
    environment: text('environment'),
  },
  (table) => [primaryKey({ columns: [table.connectionId, table.id] })],
)

export const organizationAccount = pgTable(
  'organization_account',
  {
    connectionId: uuid('connection_id')
      .notNull()
      .references(() => organization.connectionId, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    ouId: text('ou_id').notNull(),
    state: text('state').$type<OrganizationAccount['state']>().notNull(),
    joinedOrganizationAt: instant('joined_organization_at'),
    /** First reading that showed it, active, in this unit. */
    inUnitSince: instant('in_unit_since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionId, table.accountId] }),
    index('organization_account_account').on(table.accountId),
  ],
)
