import { type Clones, clonesOf } from '../../estates/clone.ts'
import type { Estate, EstateResource } from '../../estates/estate.ts'
import { globalTypes } from '../../estates/kinds.ts'
import { AwsError, awsError } from '../aws-error.ts'
import type { AuthenticatedCall, Handler } from '../call.ts'
import { header, type WireResponse } from '../wire.ts'
import { emptyList } from './empty-list.ts'
import { answerOf, listBody } from './envelope.ts'
import { listItems } from './list-items.ts'
import { type ListOperation, listOperations } from './list-operations.ts'
import { invalid, type Page, pageOf, sealToken } from './page.ts'
import { type Parameters, parametersOf } from './parameters.ts'
import { absences, resourceCall } from './resource-calls.ts'

interface Entry {
  key: string
  list: ListOperation
  resource: EstateResource
}

const hostOf = ({ request }: AuthenticatedCall): string => header(request.headers, 'host') ?? 'localhost'

/**
 * Answers the reads of the catalog's types from an estate, with AWS's pages, errors and wire formats. Of a type that
 * estates have none of, every list is empty.
 */
export function estateBackend(estate: Estate): Handler {
  const clones = clonesOf(estate)
  const emptyPages = new Map<string, Buffer>()
  return async (call) => {
    if (call.action === 'ec2:DescribeRegions') return regionsAnswer(estate, call)
    const parameters = parametersOf(call)
    const lists = listsOf(call, parameters)
    if (lists.length > 0) return listAnswer(estate, clones, emptyPages, call, lists, parameters)
    if (call.action === 'elasticloadbalancing:DescribeTags') return tagsAnswer(estate, clones, call, parameters)
    const asksAboutOne = resourceCall(call)?.id(parameters, call) !== undefined
    const nothing = asksAboutOne ? undefined : await emptyList(call)
    return nothing ?? resourceAnswer(estate, clones, call, parameters)
  }
}

/** The lists an operation answers: two for GetAccountAuthorizationDetails, unless the call asks for one. */
function listsOf({ service, operation }: AuthenticatedCall, parameters: Parameters): ListOperation[] {
  const lists = listOperations.filter((list) => list.service === service && list.operation === operation)
  const wanted = operation === 'GetAccountAuthorizationDetails' ? parameters.list('Filter.member') : []
  return wanted.length === 0
    ? lists
    : lists.filter(({ resourceType }) => wanted.some((type) => resourceType.endsWith(`::${type}`)))
}

function listAnswer(
  estate: Estate,
  clones: Clones,
  emptyPages: Map<string, Buffer>,
  call: AuthenticatedCall,
  lists: readonly ListOperation[],
  parameters: Parameters,
): WireResponse {
  const page = distorted(call, pageAsked(estate, call, lists, parameters), parameters, lists)
  if (page.items.length > 0 || page.next !== undefined)
    return answerOf(call, Buffer.from(bodyOf(clones, call, lists, page)))
  // Nine answers in ten of a large estate are these.
  const key = `${call.action} ${lists.map((list) => list.container).join()}`
  const empty = emptyPages.get(key) ?? Buffer.from(bodyOf(clones, call, lists, page))
  emptyPages.set(key, empty)
  return answerOf(call, empty)
}

function pageAsked(
  estate: Estate,
  call: AuthenticatedCall,
  lists: readonly ListOperation[],
  parameters: Parameters,
): Page<Entry> {
  const [first] = lists
  if (call.service === 'ec2' && parameters.text('Filter.1.Name') !== undefined)
    throw invalid(call, 'The filter is not known here.')
  const entries = lists.flatMap((list) =>
    resourcesOf(estate, call, list, parameters).map((resource) => ({
      key: keyOf(list, lists, resource),
      list,
      resource,
    })),
  )
  const named = first?.ids !== undefined && parameters.list(first.ids).length > 0
  return named ? { items: entries, next: undefined } : pageOf(call, first?.paging, parameters, entries)
}

/** Of two lists that share their pages, the container comes first. */
const keyOf = ({ container }: ListOperation, lists: readonly ListOperation[], { id }: EstateResource): string =>
  lists.length > 1 ? `${container}\n${id}` : id

const prefixParameters = ['logGroupNamePrefix', 'QueueNamePrefix', 'prefix']

function resourcesOf(
  estate: Estate,
  call: AuthenticatedCall,
  { resourceType, ids, notFound }: ListOperation,
  parameters: Parameters,
): readonly EstateResource[] {
  const { accountId } = call.principal
  const region = globalTypes.has(resourceType) ? 'global' : call.region
  const wanted = ids === undefined ? [] : parameters.list(ids)
  if (wanted.length > 0)
    return wanted.map((id) => {
      const resource = estate.find(accountId, region, resourceType, id)
      if (resource) return resource
      const [, status = 400] = absences[resourceType] ?? []
      throw new AwsError(notFound ?? 'NotFound', status, `The ID '${id}' does not exist`)
    })
  const prefix = prefixParameters.map((name) => parameters.text(name)).find((text) => text !== undefined)
  const all = estate.list(accountId, region, resourceType)
  return prefix === undefined ? all : all.filter(({ id }) => id.startsWith(prefix))
}

/** The two lies a page can tell: that it is the last one, and that the next one is this one again. */
function distorted(
  call: AuthenticatedCall,
  page: Page<Entry>,
  parameters: Parameters,
  [first]: readonly ListOperation[],
): Page<Entry> {
  if (call.lie === 'short-page')
    return { items: page.items.slice(0, Math.floor(page.items.length / 2)), next: undefined }
  if (call.lie !== 'repeated-token' || first?.paging === undefined) return page
  return { ...page, next: parameters.text(first.paging.token) ?? sealToken(call, '') }
}

function bodyOf(
  clones: Clones,
  call: AuthenticatedCall,
  lists: readonly ListOperation[],
  { items, next }: Page<Entry>,
): string {
  const host = hostOf(call)
  const contents = new Map(
    lists.map((list) => [
      list.container,
      items.filter((entry) => entry.list === list).map(({ resource }) => clones.item(resource, host)),
    ]),
  )
  const name = lists[0]?.paging?.next
  return listBody(call, contents, next === undefined || name === undefined ? undefined : { name, token: next })
}

function resourceAnswer(estate: Estate, clones: Clones, call: AuthenticatedCall, parameters: Parameters): WireResponse {
  const asked = resourceCall(call)
  if (asked === undefined)
    throw awsError('not-implemented', call.protocol, `The action ${call.operation} is not valid for this web service.`)
  const id = asked.id(parameters, call)
  if (id === undefined) throw invalid(call, 'The call does not say what it asks about.')
  const region = globalTypes.has(asked.resourceType) ? 'global' : call.region
  const resource = estate.find(call.principal.accountId, region, asked.resourceType, id)
  if (resource === undefined) throw absent(asked.resourceType)
  return bucketAnswer(call, resource) ?? recordedAnswer(clones, call, resource)
}

/** The one call of the catalog that may ask about several: up to 20 at once. */
function tagsAnswer(estate: Estate, clones: Clones, call: AuthenticatedCall, parameters: Parameters): WireResponse {
  const arns = parameters.list('ResourceArns.member')
  if (arns.length === 0 || arns.length > 20) throw invalid(call, 'The call must name 1 to 20 resources.')
  const descriptions = arns.flatMap((arn) => {
    const one: Parameters = { ...parameters, text: () => arn }
    return listItems(resourceAnswer(estate, clones, call, one).body.toString(), 'TagDescriptions')
  })
  return answerOf(call, Buffer.from(listBody(call, new Map([['TagDescriptions', descriptions]]), undefined)))
}

function absent(resourceType: string): AwsError {
  const [code = 'NotFound', status = 404, message = ''] = absences[resourceType] ?? []
  return new AwsError(code, status, message)
}

/** What the recorder had no reason to ask, since ListBuckets answers the Region. */
function bucketAnswer(call: AuthenticatedCall, { place }: EstateResource): WireResponse | undefined {
  if (call.service !== 's3') return undefined
  if (call.operation === 'HeadBucket')
    return answerOf(call, Buffer.alloc(0), 200, [['x-amz-bucket-region', place.region]])
  if (call.operation !== 'GetBucketLocation') return undefined
  const location = place.region === 'us-east-1' ? '' : place.region
  return answerOf(
    call,
    Buffer.from(`<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${location}</LocationConstraint>`),
  )
}

function recordedAnswer(clones: Clones, call: AuthenticatedCall, resource: EstateResource): WireResponse {
  const answer = clones.answer(resource, call.operation, hostOf(call))
  if (answer === undefined)
    throw awsError('not-implemented', call.protocol, `The action ${call.operation} is not valid for this web service.`)
  return answerOf(call, Buffer.from(answer.body), answer.status)
}

function regionsAnswer({ regions }: Estate, call: AuthenticatedCall): WireResponse {
  const items = regions.map(
    (region) =>
      `<item><regionName>${region}</regionName><regionEndpoint>ec2.${region}.amazonaws.com</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>`,
  )
  return answerOf(call, Buffer.from(listBody(call, new Map([['regionInfo', items]]), undefined)))
}
