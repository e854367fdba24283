import type * as ecr from '@aws-sdk/client-ecr'
import { resourceTypeOf } from '../define.ts'

interface Repository extends ecr.Repository {
  Tags?: ecr.Tag[] | null
  Policy?: string | null
}

/** ECR repository. Source: ECR DescribeRepositories. Its address is the endpoint by which container images name it. */
export const repository = resourceTypeOf<typeof ecr, Repository>()({
  resourceType: 'AWS::ECR::Repository',
  service: 'ecr',
  scope: 'regional',
  label: 'ECR repository',
  list: {
    operation: 'DescribeRepositories',
    items: 'repositories',
    page: { request: 'nextToken', response: 'nextToken', size: { name: 'maxResults', min: 1, max: 1000 } },
  },
  iamActions: ['ecr:DescribeRepositories'],
  id: 'repositoryName',
  arn: 'repositoryArn',
  name: 'repositoryName',
  tags: 'Tags',
  createdAt: 'createdAt',
  endpoint: 'repositoryUri',
  details: [
    {
      operation: 'ListTagsForResource',
      iamAction: 'ecr:ListTagsForResource',
      input: (repository) => ({ resourceArn: repository.repositoryArn }),
      pick: 'tags',
      as: 'Tags',
    },
    {
      operation: 'GetRepositoryPolicy',
      iamAction: 'ecr:GetRepositoryPolicy',
      input: (repository) => ({ repositoryName: repository.repositoryName }),
      pick: 'policyText',
      as: 'Policy',
      absent: ['RepositoryPolicyNotFoundException'],
    },
  ],
  relationships: [
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (repository) => repository.encryptionConfiguration?.kmsKey,
    },
  ],
  events: {
    CreateRepository: 'requestParameters.repositoryName',
    SetRepositoryPolicy: 'requestParameters.repositoryName',
    PutImageTagMutability: 'requestParameters.repositoryName',
    DeleteRepository: 'requestParameters.repositoryName',
  },
  documents: ['Policy'],
})
