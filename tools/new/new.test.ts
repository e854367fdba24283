import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ResourceTypeDefinition } from '@dashboard/catalog/resource-type.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lint } from '../completeness/catalog-lint.ts'
import type { Sdk } from '../completeness/sdk-schema.ts'
import { register } from './register.ts'
import { newResourceType } from './resource-type.ts'

const catalog = new URL('../../catalog/src/', import.meta.url)
let folder: string
let root: URL

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-resource-type-'))
  root = pathToFileURL(`${folder}/`)
  await cp(catalog, new URL('catalog/src/', root), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const read = (path: string) => readFile(new URL(`catalog/src/${path}`, root), 'utf8')

/** The entry as the catalog would load it: its one import beside types is relative, so it loads from the copy. */
const load = async (path: string) =>
  Object.values((await import(new URL(`catalog/src/${path}.ts`, root).href)) as object)[0] as ResourceTypeDefinition

describe('The scaffold', () => {
  test.each([
    ['ec2/key-pair', 'AWS::EC2::KeyPair', 'ec2', 'DescribeKeyPairs'],
    ['ec2/flow-log', 'AWS::EC2::FlowLog', 'ec2', 'DescribeFlowLogs'],
    ['iam/server-certificate', 'AWS::IAM::ServerCertificate', 'iam', 'ListServerCertificates'],
    ['rds/db-parameter-group', 'AWS::RDS::DBParameterGroup', 'rds', 'DescribeDBParameterGroups'],
    [
      'elasticloadbalancing/trust-store',
      'AWS::ElasticLoadBalancingV2::TrustStore',
      'elastic-load-balancing-v2',
      'DescribeTrustStores',
    ],
  ])('writes %s so that the SDK agrees with it, and registers it', async (path, resourceType, client, operation) => {
    const said = await newResourceType({ root, path, resourceType, client })
    expect(said).toContain(`catalog/src/${path}.ts, which lists by ${operation}`)
    expect(said).toContain('docs/add-a-resource-type.md')
    const entry = await load(path)
    expect(entry).toMatchObject({ resourceType, list: { operation } })
    expect(lint(entry, (await import(`@aws-sdk/client-${client}`)) as Sdk)).toEqual([])
    expect(await read('catalog.ts')).toContain(`from './${path}.ts'`)
  })

  test('keeps the registry in order', async () => {
    await newResourceType({ root, path: 'ec2/key-pair', resourceType: 'AWS::EC2::KeyPair' })
    const paths = [...(await read('catalog.ts')).matchAll(/from '\.\/(.+\/.+)\.ts'/g)].map(([, path = '']) => path)
    expect(paths).toContain('ec2/key-pair')
    expect(paths).toEqual(paths.toSorted())
  })

  test('lists by the operation it is told', async () => {
    const type = { root, path: 'lambda/layer', resourceType: 'AWS::Lambda::Layer' }
    await newResourceType({ ...type, operation: 'ListLayers' })
    expect((await load('lambda/layer')).list.operation).toBe('ListLayers')
  })
})

describe('The scaffold refuses, in words, and changes nothing', () => {
  test.each([
    ['a file that exists', { path: 'ec2/volume', resourceType: 'AWS::EC2::Volume' }, 'does not overwrite'],
    [
      'a path of another form',
      { path: 'ec2/KeyPair', resourceType: 'AWS::EC2::KeyPair' },
      'one looks like ec2/key-pair',
    ],
    ['a path that leads out', { path: '../key-pair', resourceType: 'AWS::EC2::KeyPair' }, 'is no path of an entry'],
    ['a type of another form', { path: 'ec2/key-pair', resourceType: 'KeyPair' }, 'is no CloudFormation type name'],
    ['a client that is not there', { path: 'nosuch/thing', resourceType: 'AWS::No::Thing' }, '-w catalog'],
    [
      'a type without a list',
      { path: 'ec2/instance-type', resourceType: 'AWS::EC2::Nothing' },
      'No operation that lists',
    ],
    [
      'an operation that is not there',
      { path: 'ec2/key-pair', resourceType: 'AWS::EC2::KeyPair', operation: 'DescribeKeyz' },
      'DescribeKeyz is no operation',
    ],
  ])('%s', async (_, type, message) => {
    const before = await read('catalog.ts')
    await expect(newResourceType({ root, ...type })).rejects.toThrow(message)
    expect(await read('catalog.ts')).toBe(before)
  })
})

test('Two entries of one name stay apart in the registry', async () => {
  const source = await readFile(new URL('catalog.ts', catalog), 'utf8')
  const registered = register(source, 'redshift/snapshot', 'snapshot')
  expect(registered).toContain("import { snapshot as redshiftSnapshot } from './redshift/snapshot.ts'")
  expect(registered).toContain('  redshiftSnapshot,\n')
})
