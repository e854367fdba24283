import type { contract } from '@dashboard/contract/contract.ts'
import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import routes from 'virtual:contract-routes'
import { isErrorBody } from './problem.ts'
import { authorisedFetch } from './session.ts'

const link = new OpenAPILink(routes, {
  url: () => `${location.origin}/api`,
  fetch: (request) => authorisedFetch(request),
  customErrorResponseBodyDecoder: (body, response) =>
    isErrorBody(body) ? new ORPCError(body.code, { status: response.status, message: body.message, data: body }) : null,
})

/** The typed client of the contract. */
export const client: ContractRouterClient<typeof contract> = createORPCClient(link)

/** The same, as TanStack Query options. */
export const api = createTanstackQueryUtils(client)
