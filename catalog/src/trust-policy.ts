import { valuesAt } from './path.ts'

type Principal = 'role' | 'user' | 'oidc-provider' | 'saml-provider'

/** ARNs of one kind that a trust policy (parsed) lets in by name. Accounts, services and `*` are not resources. */
export const trustedPrincipals = (trustPolicy: unknown, principal: Principal): string[] =>
  ['Statement[].Principal.AWS', 'Statement[].Principal.Federated']
    .flatMap((path) => valuesAt(trustPolicy, path))
    .filter((arn): arn is string => typeof arn === 'string' && arn.split(':')[5]?.startsWith(`${principal}/`) === true)
