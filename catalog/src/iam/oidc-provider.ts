import type * as iam from '@aws-sdk/client-iam'
import { resourceTypeOf } from '../define.ts'

interface OIDCProvider extends iam.OpenIDConnectProviderListEntry {
  Url?: string
  ClientIDList?: string[]
  ThumbprintList?: string[]
  CreateDate?: Date
  Tags?: iam.Tag[]
}

/** `token.actions.githubusercontent.com` of `arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com`. */
const urlOf = (arn: string) => arn.slice(arn.indexOf('/') + 1)

/**
 * Identity provider whose tokens roles may trust: GitHub, GitLab, an EKS cluster. The roles that do name it themselves.
 * Source: IAM ListOpenIDConnectProviders (which answers ARNs only), GetOpenIDConnectProvider.
 */
export const oidcProvider = resourceTypeOf<typeof iam, OIDCProvider>()({
  resourceType: 'AWS::IAM::OIDCProvider',
  service: 'iam',
  scope: 'global',
  label: 'IAM OIDC provider',
  list: {
    operation: 'ListOpenIDConnectProviders',
    items: (answer) => answer.OpenIDConnectProviderList?.map(({ Arn = '' }) => ({ Arn, Url: urlOf(Arn) })),
  },
  iamActions: ['iam:ListOpenIDConnectProviders'],
  id: 'Url',
  arn: 'Arn',
  maxStaleness: { minutes: 15 },
  name: 'Url',
  tags: 'Tags',
  createdAt: 'CreateDate',
  details: [
    {
      operation: 'GetOpenIDConnectProvider',
      iamAction: 'iam:GetOpenIDConnectProvider',
      input: (provider) => ({ OpenIDConnectProviderArn: provider.Arn }),
    },
  ],
  events: {
    CreateOpenIDConnectProvider: 'responseElements.openIDConnectProviderArn',
    AddClientIDToOpenIDConnectProvider: 'requestParameters.openIDConnectProviderArn',
    RemoveClientIDFromOpenIDConnectProvider: 'requestParameters.openIDConnectProviderArn',
    UpdateOpenIDConnectProviderThumbprint: 'requestParameters.openIDConnectProviderArn',
    DeleteOpenIDConnectProvider: 'requestParameters.openIDConnectProviderArn',
  },
  unordered: ['ClientIDList', 'ThumbprintList'],
})
