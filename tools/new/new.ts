import { parseArgs } from 'node:util'
import { newResourceType } from './resource-type.ts'

const usage = `Usage: npm run new -- resource-type <service>/<file> <AWS::Service::Type> [--client NAME] [--operation NAME]

  npm run new -- resource-type ec2/key-pair AWS::EC2::KeyPair

docs/add-a-resource-type.md says what comes after.`

/** Runs the scaffold; gives the exit code. */
async function main(argv: string[]): Promise<number> {
  try {
    const options = { client: { type: 'string' }, operation: { type: 'string' } } as const
    const { positionals, values } = parseArgs({ args: argv, allowPositionals: true, options })
    const [kind, path, resourceType, ...rest] = positionals
    if (kind !== 'resource-type' || path === undefined || resourceType === undefined || rest.length > 0)
      throw new Error(usage)
    const root = new URL('../../', import.meta.url)
    console.log(await newResourceType({ root, path, resourceType, ...values }))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

process.exitCode = await main(process.argv.slice(2))
