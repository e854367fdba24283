import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { PolicyDocument } from '@dashboard/contract/vocabulary.ts'
import { onboardingOf, type RoleToCreate } from '../onboarding.ts'
import type { OwnIdentity } from '../own-identity.ts'
import { flawOfRoleArn } from '../role-arn.ts'
import { escapeHcl } from './terraform.ts'

const characters = 'abcXYZ019_+=,.@-'.split('')
const word = (least: number, most: number) =>
  fc.array(fc.constantFrom(...characters), { minLength: least, maxLength: most }).map((letters) => letters.join(''))
const partition = fc.constantFrom('aws', 'aws-us-gov', 'aws-cn')
const path = fc.array(word(1, 8), { maxLength: 3 }).map((parts) => `/${parts.map((part) => `${part}/`).join('')}`)

const role = fc
  .record({ path, name: word(1, 64) })
  .filter((made) => flawOfRoleArn(`arn:aws:iam::200000000002:role${made.path}${made.name}`) === undefined)

const principal: fc.Arbitrary<OwnIdentity> = partition.chain((of) =>
  fc.constantFrom<OwnIdentity>(
    { principalArn: `arn:${of}:iam::100000000001:user/team/dashboard`, principalArnLike: null, fix: null },
    {
      principalArn: `arn:${of}:iam::100000000001:root`,
      principalArnLike: [`arn:${of}:iam::100000000001:role/Runner`, `arn:${of}:iam::100000000001:role/*/Runner`],
      fix: null,
    },
  ),
)
const externalId = fc.stringMatching(/^[0-9a-f]{32}$/)

/** What Terraform makes of a here-document: its text, with the template's escapes undone. */
const heredocOf = (terraform: string, name: string): PolicyDocument => {
  const [, text] = new RegExp(`^  ${name} = <<JSON\\n([\\s\\S]*?)^JSON$`, 'm').exec(terraform) ?? []
  expect(text).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/)
  return JSON.parse((text ?? '').replaceAll('$${', '${').replaceAll('%%{', '%{')) as PolicyDocument
}

const quoted = (terraform: string, name: string): string | undefined =>
  new RegExp(`^  ${name} += "([^"\\\\]*)"$`, 'm').exec(terraform)?.[1]

const made = (own: OwnIdentity, of: RoleToCreate, id: string) => {
  const onboarding = onboardingOf(own, of, id)
  const { trustPolicy: trust, permissionPolicy: permissions, cloudFormation, terraform, cli } = onboarding
  if (trust === null || cloudFormation === null || terraform === null || cli === null) throw new Error('not complete')
  return { trust, permissions, cloudFormation, terraform, cli }
}

test('CloudFormation and Terraform hold exactly the policies, role name and path that the API shows', () => {
  fc.assert(
    fc.property(principal, role, externalId, (own, of, id) => {
      const { trust, permissions, cloudFormation, terraform } = made(own, of, id)
      const { Properties } = parse(cloudFormation).Resources.Role
      expect(Properties).toMatchObject({ RoleName: of.name, AssumeRolePolicyDocument: trust })
      expect(Properties.Path ?? '/').toBe(of.path)
      expect(Properties.Policies[0].PolicyDocument).toEqual(permissions)
      expect(heredocOf(terraform, 'assume_role_policy')).toEqual(trust)
      expect(heredocOf(terraform, 'policy')).toEqual(permissions)
      expect(quoted(terraform, 'name')).toBe(of.name)
      expect(quoted(terraform, 'path') ?? '/').toBe(of.path)
    }),
    { numRuns: 100 },
  )
})

test('the trust policy asks for the ExternalId and names the principal of its own partition', () => {
  fc.assert(
    fc.property(principal, role, externalId, (own, of, id) => {
      const [statement] = made(own, of, id).trust.Statement
      expect(statement?.Condition?.['StringEquals']).toEqual({ 'sts:ExternalId': id })
      expect(statement?.Principal).toEqual({ AWS: own.principalArn })
    }),
  )
})

test('text that HCL would take for a template stays what it is', () => {
  expect(escapeHcl('${aws:username} %{if} $ { %')).toBe('$${aws:username} %%{if} $ { %')
})

let directory: string

/** An `aws` that writes down what it is asked. */
const recorder = '#!/bin/sh\nprintf "%s\\n" "$@" >> calls\n'

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'dashboard-test-cli-'))
  writeFileSync(join(directory, 'aws'), recorder)
  chmodSync(join(directory, 'aws'), 0o755)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('the script, run by a shell, hands the AWS CLI the policies as files and the role as asked', () => {
  fc.assert(
    fc.property(principal, role, externalId, (own, of, id) => {
      const { trust, permissions, cli } = made(own, of, id)
      writeFileSync(join(directory, 'calls'), '')
      const env = { PATH: `${directory}${delimiter}${process.env['PATH']}` }
      execFileSync('sh', ['-eu', '-c', cli], { cwd: directory, env })
      const read = (name: string): unknown => JSON.parse(readFileSync(join(directory, name), 'utf8'))
      expect(read('trust-policy.json')).toEqual(trust)
      expect(read('permission-policy.json')).toEqual(permissions)
      const words = readFileSync(join(directory, 'calls'), 'utf8').split('\n')
      const after = (option: string) => words[words.indexOf(option) + 1]
      expect(words.slice(0, 2)).toEqual(['iam', 'create-role'])
      expect(after('--role-name')).toBe(of.name)
      expect(words.includes('--path') ? after('--path') : '/').toBe(of.path)
      expect(words.lastIndexOf('put-role-policy')).toBeGreaterThan(0)
    }),
    { numRuns: 20 },
  )
})
