import type * as acm from '@aws-sdk/client-acm'
import { arnsOf } from '../arns.ts'
import { resourceTypeOf } from '../define.ts'

interface Certificate extends acm.CertificateSummary, Omit<acm.CertificateDetail, keyof acm.CertificateSummary> {
  Tags?: acm.Tag[] | null
}

interface Used {
  InUseBy?: string[] | undefined
}

const usersOf = (certificate: Used, service: string, resource: RegExp) =>
  arnsOf(service, certificate.InUseBy ?? []).filter((arn) => resource.test(arn))

/** ACM certificate and what uses it. Source: ACM ListCertificates, DescribeCertificate. */
export const certificate = resourceTypeOf<typeof acm, Certificate>()({
  resourceType: 'AWS::CertificateManager::Certificate',
  service: 'acm',
  scope: 'regional',
  label: 'ACM certificate',
  list: {
    operation: 'ListCertificates',
    items: 'CertificateSummaryList',
    // Without the key types AWS leaves out all but RSA of 1024 and 2048 bits.
    input: {
      Includes: {
        keyTypes: ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'],
      },
    },
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxItems', min: 1, max: 1000 } },
  },
  iamActions: ['acm:ListCertificates'],
  id: 'CertificateArn',
  arn: 'CertificateArn',
  name: 'DomainName',
  tags: 'Tags',
  state: 'Status',
  createdAt: 'CreatedAt',
  details: [
    {
      operation: 'DescribeCertificate',
      iamAction: 'acm:DescribeCertificate',
      input: (certificate) => ({ CertificateArn: certificate.CertificateArn }),
      pick: 'Certificate',
    },
    {
      operation: 'ListTagsForCertificate',
      iamAction: 'acm:ListTagsForCertificate',
      input: (certificate) => ({ CertificateArn: certificate.CertificateArn }),
      pick: 'Tags',
      as: 'Tags',
    },
  ],
  relationships: [
    {
      to: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      kind: 'attached-to',
      by: 'arn',
      at: (certificate) => usersOf(certificate, 'elasticloadbalancing', /:loadbalancer\/(app|net)\//),
    },
    {
      to: 'AWS::CloudFront::Distribution',
      kind: 'attached-to',
      by: 'arn',
      at: (certificate) => usersOf(certificate, 'cloudfront', /:distribution\//),
    },
    {
      to: 'AWS::ApiGateway::DomainName',
      kind: 'attached-to',
      by: 'arn',
      at: (certificate) => usersOf(certificate, 'apigateway', /:\/domainnames\//),
    },
    {
      to: 'AWS::ACMPCA::CertificateAuthority',
      kind: 'created-from',
      by: 'arn',
      at: (certificate) => certificate.CertificateAuthorityArn,
    },
  ],
  events: {
    RequestCertificate: 'responseElements.certificateArn',
    ImportCertificate: 'responseElements.certificateArn',
    RenewCertificate: 'requestParameters.certificateArn',
    DeleteCertificate: 'requestParameters.certificateArn',
  },
  unordered: ['InUseBy', 'SubjectAlternativeNames', 'SubjectAlternativeNameSummaries', 'DomainValidationOptions'],
})
