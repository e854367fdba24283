import type { PolicyDocument, PolicyStatement } from '@dashboard/contract/vocabulary.ts'
import { iamActionsOf, type ResourceTypeDefinition } from './resource-type.ts'

/** What finding the account's regions needs, whatever the types. */
const regionActions = ['account:ListRegions', 'ec2:DescribeRegions']

/** The least that discovering these types needs: read-only, one statement a service. */
export function readPolicy(types: readonly ResourceTypeDefinition[]): PolicyDocument {
  const actions = new Set([...regionActions, ...types.flatMap(iamActionsOf)])
  const services = Object.groupBy([...actions].toSorted(), (action) => action.slice(0, action.indexOf(':')))
  return {
    Version: '2012-10-17',
    Statement: Object.entries(services)
      .map(([service, ofService]) => readStatement(service, ofService ?? []))
      .toSorted((a, b) => (a.Sid < b.Sid ? -1 : 1)),
  }
}

/** API Gateway's one action for all reading would hand out the API keys too. */
const narrowed: Readonly<Record<string, string[]>> = {
  apigateway: ['/apis', '/apis/*', '/restapis', '/restapis/*'].map((path) => `arn:*:apigateway:*::${path}`),
}

/** What a statement that grants reading actions of this service is about. */
export const readableOf = (service: string): string | string[] => narrowed[service] ?? '*'

const readStatement = (service: string, actions: string[]) =>
  ({
    Sid: `Read${sidPart(service)}`,
    Effect: 'Allow',
    Action: actions,
    Resource: readableOf(service),
  }) satisfies PolicyStatement

/** A Sid holds letters and digits only. */
const sidPart = (service: string) => service.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
