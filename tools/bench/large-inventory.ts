import pg from 'pg'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'

/** How often a type occurs among a hundred resources of a company that runs services; the others are rare. */
const weights: Record<string, number> = {
  'AWS::EC2::Snapshot': 14,
  'AWS::Logs::LogGroup': 14,
  'AWS::Lambda::Function': 9,
  'AWS::EC2::Volume': 9,
  'AWS::EC2::NetworkInterface': 9,
  'AWS::EC2::SecurityGroup': 6,
  'AWS::EC2::Instance': 5,
  'AWS::SQS::Queue': 5,
  'AWS::IAM::Role': 5,
  'AWS::S3::Bucket': 4,
  'AWS::DynamoDB::Table': 3,
  'AWS::CloudWatch::Alarm': 3,
  'AWS::EC2::Subnet': 2,
  'AWS::RDS::DBInstance': 2,
}

export const inventoryRegions = ['us-east-1', 'eu-west-1', 'eu-central-1', 'ap-southeast-1'] as const
export const inventoryAccounts = 12

const query = async (client: pg.Client, text: string, values: unknown[] = []): Promise<void> => {
  await client.query(text, values)
}

const addAccounts = (client: pg.Client): Promise<void> =>
  query(
    client,
    `insert into aws_account (id, name, account_id, partition, credential_type, regions, default_region, role_arn, external_id,
       status, phase, last_validated, tags)
     select gen_random_uuid(), (array['payments','orders','search','identity','data','media'])[1 + n % 6] || '-' ||
         (array['prod','staging'])[1 + n / 6 % 2], lpad((200000000000 + n)::text, 12, '0'), 'aws', 'iam_role', $1,
       'eu-west-1', 'arn:aws:iam::' || lpad((200000000000 + n)::text, 12, '0') || ':role/AwsIntegrationDashboard',
       md5('external' || n), 'active', 'CONNECTED', now(), jsonb_build_object('env', (array['prod','staging'])[1 + n / 6 % 2])
     from generate_series(0, $2 - 1) n`,
    [inventoryRegions, inventoryAccounts],
  )

const addScopes = (client: pg.Client): Promise<void> =>
  query(
    client,
    `insert into scope (connection_id, region, resource_type, service, status, last_complete, last_attempt, next_due)
     select a.id, r.region, t.resource_type, t.service, 'SUCCEEDED', now(), now(), now() + interval '7 days'
     from aws_account a
     cross join jsonb_to_recordset($1::jsonb) as t(resource_type text, service text, global boolean)
     cross join lateral (select 'global' as region where t.global union all select unnest(a.regions) where not t.global) r`,
    [
      JSON.stringify(
        resourceTypes.map(({ resourceType, service, scope }) => ({
          resource_type: resourceType,
          service,
          global: scope === 'global',
        })),
      ),
    ],
  )

/**
 * Properties of about 800 bytes, tags as people write them, and one change in twenty resources in the last month. State,
 * team and environment do not depend on each other: filters that were the same would measure nothing.
 */
const addResources = (client: pg.Client, total: number): Promise<void> =>
  query(
    client,
    `with weighed as (
       select s.id, s.region, s.service, s.resource_type, a.account_id,
         coalesce(($1::jsonb->>s.resource_type)::numeric, 0.4)
           / count(*) over (partition by s.resource_type) as weight
       from scope s join aws_account a on a.id = s.connection_id
     ), counted as (
       select *, ceil(weight / sum(weight) over () * $2)::int as wanted from weighed
     ), numbered as (
       select c.*, n, row_number() over (order by c.id, n) as i from counted c cross join lateral generate_series(1, wanted) n
     )
     insert into resource (uid, scope_id, account_id, region, service, resource_type, native_id, arn, name, state, tags, properties,
       hash, created_at, discovered_at, changed_at)
     select gen_random_uuid(), id, account_id, region, service, resource_type, native, 
       'arn:aws:' || service || ':' || region || ':' || account_id || ':' || native, native,
       (array['available','in-use','running','stopped'])[1 + i % 4],
       jsonb_strip_nulls(jsonb_build_object('Name', native, 'team', (array['payments','orders','platform','data'])[1 + i / 5 % 4],
         'env', case when i % 3 > 0 then (array['prod','staging'])[1 + i / 7 % 2] end, 'cost-center', 'cc-' || i % 40)),
       jsonb_build_object('Id', native, 'Description', repeat('x', 480), 'Encrypted', i % 2 = 0, 'Size', i % 1000,
         'Numbers', jsonb_build_array(i, i + 1, i + 2), 'Nested', jsonb_build_object('KmsKeyId', md5(i::text), 'Zone', region || 'a')),
       decode(md5(i::text), 'hex'), now() - (i % 900) * interval '1 day', now() - interval '30 days',
       now() - (i % 43200) * interval '1 minute'
     from (select *, (array['worker','api','queue','archive','index','session'])[1 + i % 6] || '-' || lpad(i::text, 6, '0') as native
       from numbered) named`,
    [JSON.stringify(weights), total],
  )

const addVersions = (client: pg.Client): Promise<void> =>
  query(
    client,
    `insert into resource_version (resource_id, version, at, kind, changes)
     select id, 1, discovered_at, 'CREATED', '[]'::jsonb from resource
     union all
     select id, 2, changed_at, 'CHANGED', '[{"path":"Size","before":1,"after":2}]'::jsonb from resource where id % 20 = 0`,
  )

/** Fills an empty, migrated database with about `total` resources of every type in twelve accounts. */
export const fillLargeInventory = async (databaseUrl: string, total: number): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await addAccounts(client)
    await addScopes(client)
    await addResources(client, total)
    await addVersions(client)
    await query(client, 'update scope set live = (select count(*) from resource r where r.scope_id = scope.id)')
    await query(client, 'update resource set version = 2 where id % 20 = 0')
    await query(client, 'vacuum analyze')
    const { rows } = await client.query<{ n: number }>('select count(*)::int as n from resource')
    return rows[0]?.n ?? 0
  } finally {
    await client.end()
  }
}
