import { execFile } from 'node:child_process'
import { appendFile, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root, tool } from './tool.ts'

interface Seed {
  /** A sentence about what the lint rules say to this file. */
  title: string
  file: string
  source: string
}

const use = (specifier: string): string => `import { thing } from '${specifier}'\nexport const it = thing\n`
const useType = (specifier: string): string => `import type { Thing } from '${specifier}'\nexport type It = Thing\n`
const decipher = `import { createDecipheriv } from 'node:crypto'\nexport const it = createDecipheriv\n`

const refusedImports: Seed[] = [
  {
    title: 'The contract may not import the server',
    file: 'contract/src/a.ts',
    source: use('@dashboard/server/errors.ts'),
  },
  { title: 'The contract may not import Node', file: 'contract/src/b.ts', source: use('node:fs') },
  {
    title: 'The contract may not import the server half of oRPC',
    file: 'contract/src/c.ts',
    source: use('@orpc/server'),
  },
  {
    title: 'The contract may not reach out by a relative path',
    file: 'contract/src/d.ts',
    source: use('../../server/src/errors.ts'),
  },
  {
    title: 'The catalog may not import the server',
    file: 'catalog/src/ec2/a.ts',
    source: use('@dashboard/server/errors.ts'),
  },
  {
    title: 'The catalog may not import tools',
    file: 'catalog/src/ec2/b.ts',
    source: use('@dashboard/tools/testing/database.ts'),
  },
  { title: 'The catalog may not load an AWS client', file: 'catalog/src/ec2/c.ts', source: use('@aws-sdk/client-ec2') },
  {
    title: 'The catalog may not reach out by a relative path',
    file: 'catalog/src/ec2/d.ts',
    source: use('../../../server/src/errors.ts'),
  },
  {
    title: 'The server may not import the web application',
    file: 'server/src/http/a.ts',
    source: use('@dashboard/web/app.tsx'),
  },
  {
    title: 'The server may not import tools',
    file: 'server/src/http/b.ts',
    source: use('@dashboard/tools/testing/database.ts'),
  },
  {
    title: 'The server may not import tools by a relative path',
    file: 'server/src/http/c.ts',
    source: use('../../../tools/testing/database.ts'),
  },
  {
    title: 'The vault may not import tools either',
    file: 'server/src/vault/a.ts',
    source: use('@dashboard/tools/testing/database.ts'),
  },
  { title: 'The server may not decrypt outside the vault', file: 'server/src/auth/a.ts', source: decipher },
  { title: 'Tools may not decrypt', file: 'tools/demo/a.ts', source: decipher },
  {
    title: 'A test of the server may not import tools other than those for testing',
    file: 'server/src/http/d.test.ts',
    source: use('@dashboard/tools/demo/main.ts'),
  },
  {
    title: 'Shared web parts may not import the server',
    file: 'web/src/lib/a.ts',
    source: use('@dashboard/server/errors.ts'),
  },
  {
    title: 'Shared web parts may not import the catalog',
    file: 'web/src/lib/b.ts',
    source: use('@dashboard/catalog/define.ts'),
  },
  { title: 'Shared web parts may not import Node', file: 'web/src/lib/c.ts', source: use('node:fs') },
  {
    title: 'Shared web parts may not import features',
    file: 'web/src/components/d.ts',
    source: use('../features/accounts/account.ts'),
  },
  {
    title: 'The web application may not import tools',
    file: 'web/src/app/a.ts',
    source: use('@dashboard/tools/testing/database.ts'),
  },
  {
    title: 'The web application may not import the server by a relative path',
    file: 'web/src/app/b.ts',
    source: use('../../../server/src/errors.ts'),
  },
  {
    title: 'A feature may not import another feature',
    file: 'web/src/features/accounts/a.ts',
    source: use('../resources/resource.ts'),
  },
  {
    title: 'A folder within a feature may not import another feature',
    file: 'web/src/features/accounts/connect/a.ts',
    source: use('../../resources/resource.ts'),
  },
  {
    title: 'A feature may not import the application',
    file: 'web/src/features/accounts/b.ts',
    source: use('../../app/router.tsx'),
  },
  {
    title: 'A feature may not import the server',
    file: 'web/src/features/accounts/c.ts',
    source: use('@dashboard/server/errors.ts'),
  },
]

const allowedImports: Seed[] = [
  { title: 'The contract may import zod', file: 'contract/src/e.ts', source: use('zod') },
  {
    title: 'The contract may import the contract half of oRPC',
    file: 'contract/src/f.ts',
    source: use('@orpc/contract'),
  },
  { title: 'The contract may import itself', file: 'contract/src/g.ts', source: use('./vocabulary.ts') },
  {
    title: 'The catalog may import types of an AWS client',
    file: 'catalog/src/ec2/e.ts',
    source: useType('@aws-sdk/client-ec2'),
  },
  {
    title: 'The catalog may import the vocabulary',
    file: 'catalog/src/ec2/f.ts',
    source: use('@dashboard/contract/vocabulary.ts'),
  },
  { title: 'The catalog may import its own engine', file: 'catalog/src/ec2/g.ts', source: use('../define.ts') },
  {
    title: 'The server may import the contract and the catalog',
    file: 'server/src/http/e.ts',
    source: use('@dashboard/catalog/define.ts'),
  },
  { title: 'The vault may decrypt', file: 'server/src/vault/b.ts', source: decipher },
  {
    title: 'A test of the server may use a test database',
    file: 'server/src/http/f.test.ts',
    source: use('@dashboard/tools/testing/database.ts'),
  },
  {
    title: 'Shared web parts may import the contract',
    file: 'web/src/lib/e.ts',
    source: use('@dashboard/contract/vocabulary.ts'),
  },
  {
    title: 'The web application may import features',
    file: 'web/src/app/c.ts',
    source: use('../features/accounts/account.ts'),
  },
  {
    title: 'A feature may import shared parts',
    file: 'web/src/features/accounts/d.ts',
    source: use('../../components/page.tsx'),
  },
  {
    title: 'A folder within a feature may import its feature',
    file: 'web/src/features/accounts/connect/b.ts',
    source: use('../account.ts'),
  },
  {
    title: 'A folder within a feature may import shared parts',
    file: 'web/src/features/accounts/connect/c.ts',
    source: use('../../../lib/api.ts'),
  },
  { title: 'Tools may import the server', file: 'tools/demo/b.ts', source: use('@dashboard/server/errors.ts') },
]

const refusedOtherwise: (Seed & { rule: string })[] = [
  {
    title: 'Files may not import each other in a circle',
    rule: 'import(no-cycle)',
    file: 'server/src/circle/one.ts',
    source: `import { two } from './two.ts'\nexport const one = (): unknown => two\n`,
  },
  {
    title: 'The server may not write to the console',
    rule: 'eslint(no-console)',
    file: 'server/src/http/console.ts',
    source: `console.log('hello')\n`,
  },
  {
    title: 'Nobody may use `any`',
    rule: 'typescript(no-explicit-any)',
    file: 'server/src/http/any.ts',
    source: 'export const it = (value: any): unknown => value\n',
  },
  {
    title: 'Nobody may decrypt by way of the whole crypto module',
    rule: 'eslint(no-restricted-properties)',
    file: 'server/src/auth/b.ts',
    source: `import crypto from 'node:crypto'\nexport const it = crypto.createDecipheriv\n`,
  },
  {
    title: 'Nobody may leave a promise unattended',
    rule: 'typescript(no-floating-promises)',
    file: 'server/src/http/floating.ts',
    source: 'export const it = (): void => {\n  Promise.resolve(1)\n}\n',
  },
  {
    title: 'A file has no default export',
    rule: 'import(no-default-export)',
    file: 'server/src/http/default.ts',
    source: 'export default 1\n',
  },
]

const neighbour: Seed = {
  title: '',
  file: 'server/src/circle/two.ts',
  source: `import { one } from './one.ts'\nexport const two = (): unknown => one\n`,
}

interface Diagnostic {
  filename: string
  code: string
}

let folder: string
let diagnostics: Diagnostic[]

const lint = (): Promise<Diagnostic[]> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, OXLINT_TSGOLINT_PATH: tool('tsgolint') }
    execFile(tool('oxlint'), ['--format', 'json'], { cwd: folder, env, timeout: 60_000 }, (error, stdout) => {
      // It ends with 1 when it finds something, which it shall.
      if (error && error.code !== 1) reject(new Error(stdout, { cause: error }))
      else resolve((JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics)
    })
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zones-'))
  for (const name of ['.oxlintrc.json', '.gitignore', 'tsconfig.json'])
    await copyFile(join(root, name), join(folder, name))
  // Types come from the packages. Named with no slash: it is a link here, and must not be linted.
  await appendFile(join(folder, '.gitignore'), 'node_modules\n')
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const { file, source } of [...refusedImports, ...allowedImports, ...refusedOtherwise, neighbour]) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), source)
  }
  diagnostics = await lint()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const rulesBroken = (file: string): string[] =>
  diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code)

describe('Rooms', () => {
  test.each(refusedImports)('$title', ({ file }) => {
    expect(rulesBroken(file)).toContain('eslint(no-restricted-imports)')
  })

  test.each(allowedImports)('$title', ({ file }) => {
    expect(rulesBroken(file)).not.toContain('eslint(no-restricted-imports)')
  })
})

test.each(refusedOtherwise)('$title', ({ file, rule }) => {
  expect(rulesBroken(file)).toContain(rule)
})
