import { and, eq, isNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { ResourceRelationship } from '@dashboard/contract/resources.ts'
import type { RelationshipKind } from '@dashboard/contract/vocabulary.ts'
import type { Database } from '../db/database.ts'
import { edge, resource } from '../db/schema.ts'

/** What it points at and what points at it, at most 500 of each. */
export const readRelationships = async (db: Database, rowId: number): Promise<ResourceRelationship[]> => {
  const other = alias(resource, 'other')
  const columns = {
    kind: edge.kind,
    target: edge.targetKey,
    targetType: edge.targetType,
    reverse: edge.reverse,
    otherArn: other.arn,
    other: {
      id: other.uid,
      name: other.name,
      resourceType: other.resourceType,
      region: other.region,
      accountId: other.accountId,
      state: other.state,
    },
  }
  const [outgoing, incoming] = await Promise.all([
    db
      .select(columns)
      .from(edge)
      .leftJoin(other, eq(other.id, edge.dst))
      .where(and(eq(edge.src, rowId), isNull(edge.validTo)))
      .orderBy(edge.kind, edge.targetType, edge.targetKey)
      .limit(500),
    db
      .select(columns)
      .from(edge)
      .innerJoin(other, eq(other.id, edge.src))
      .where(and(eq(edge.dst, rowId), isNull(edge.validTo)))
      .orderBy(edge.kind, other.resourceType, other.name)
      .limit(500),
  ])
  // A reversed edge is written down at its target: a security group's rule names who may come in.
  const declared = outgoing.map((row): ResourceRelationship => ({
    kind: row.kind as RelationshipKind,
    direction: row.reverse ? 'in' : 'out',
    declaredBy: 'this',
    target: row.target,
    targetType: row.targetType,
    resource: row.other,
  }))
  const told = incoming.map((row): ResourceRelationship => ({
    kind: row.kind as RelationshipKind,
    direction: row.reverse ? 'out' : 'in',
    declaredBy: 'other',
    target: row.otherArn,
    targetType: row.other.resourceType,
    resource: row.other,
  }))
  return [...declared, ...told]
}
