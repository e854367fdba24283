import type * as ec2 from '@aws-sdk/client-ec2'
import { resourceTypeOf } from '../define.ts'

interface LaunchTemplate extends ec2.LaunchTemplate {
  Versions?: ec2.LaunchTemplateVersion[] | null
}

interface Linked {
  Versions?: { LaunchTemplateData?: LaunchData | undefined }[] | null | undefined
}

interface LaunchData {
  ImageId?: string | undefined
  KeyName?: string | undefined
  SecurityGroupIds?: string[] | undefined
  IamInstanceProfile?: { Arn?: string | undefined; Name?: string | undefined } | undefined
  NetworkInterfaces?: { SubnetId?: string | undefined; Groups?: string[] | undefined }[] | undefined
  BlockDeviceMappings?:
    | { Ebs?: { SnapshotId?: string | undefined; KmsKeyId?: string | undefined } | undefined }[]
    | undefined
}

const dataOf = (template: Linked) => template.Versions?.flatMap((version) => version.LaunchTemplateData ?? []) ?? []

/** EC2 launch template with its default and its latest version. Source: EC2 DescribeLaunchTemplates. */
export const launchTemplate = resourceTypeOf<typeof ec2, LaunchTemplate>()({
  resourceType: 'AWS::EC2::LaunchTemplate',
  service: 'ec2',
  scope: 'regional',
  label: 'Launch template',
  list: {
    operation: 'DescribeLaunchTemplates',
    items: 'LaunchTemplates',
    page: { request: 'NextToken', response: 'NextToken', size: { name: 'MaxResults', min: 1, max: 200 } },
  },
  iamActions: ['ec2:DescribeLaunchTemplates'],
  id: 'LaunchTemplateId',
  arn: 'arn:{partition}:ec2:{region}:{account}:launch-template/{LaunchTemplateId}',
  name: 'LaunchTemplateName',
  tags: 'Tags',
  createdAt: 'CreateTime',
  details: [
    {
      operation: 'DescribeLaunchTemplateVersions',
      iamAction: 'ec2:DescribeLaunchTemplateVersions',
      // A group launches one of these two unless somebody has written down a number.
      input: (template) => ({ LaunchTemplateId: template.LaunchTemplateId, Versions: ['$Default', '$Latest'] }),
      // They are often one and the same.
      pick: ({ LaunchTemplateVersions: versions = [] }) => [
        ...new Map(versions.map((version) => [version.VersionNumber, version])).values(),
      ],
      as: 'Versions',
      page: { request: 'NextToken', response: 'NextToken' },
    },
  ],
  relationships: [
    { to: 'AWS::EC2::Image', kind: 'uses', at: (template) => dataOf(template).map((data) => data.ImageId) },
    {
      to: 'AWS::EC2::KeyPair',
      kind: 'uses',
      by: 'name',
      at: (template) => dataOf(template).map((data) => data.KeyName),
    },
    {
      to: 'AWS::EC2::SecurityGroup',
      kind: 'uses',
      at: (template) =>
        dataOf(template).flatMap((data) => [
          ...(data.SecurityGroupIds ?? []),
          ...(data.NetworkInterfaces?.flatMap((networkInterface) => networkInterface.Groups ?? []) ?? []),
        ]),
    },
    {
      to: 'AWS::EC2::Subnet',
      kind: 'uses',
      at: (template) => dataOf(template).flatMap((data) => data.NetworkInterfaces?.map(({ SubnetId }) => SubnetId)),
    },
    {
      to: 'AWS::IAM::InstanceProfile',
      kind: 'uses',
      by: 'name',
      at: (template) =>
        dataOf(template).map(({ IamInstanceProfile }) => IamInstanceProfile?.Arn ?? IamInstanceProfile?.Name),
    },
    {
      to: 'AWS::EC2::Snapshot',
      kind: 'uses',
      at: (template) => dataOf(template).flatMap((data) => data.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.SnapshotId)),
    },
    {
      to: 'AWS::KMS::Key',
      kind: 'encrypted-by',
      by: 'arn',
      at: (template) => dataOf(template).flatMap((data) => data.BlockDeviceMappings?.map(({ Ebs }) => Ebs?.KmsKeyId)),
    },
  ],
  events: {
    CreateLaunchTemplate: 'responseElements.CreateLaunchTemplateResponse.launchTemplate.launchTemplateId',
    CreateLaunchTemplateVersion: 'requestParameters.CreateLaunchTemplateVersionRequest.LaunchTemplateId',
    ModifyLaunchTemplate: 'requestParameters.ModifyLaunchTemplateRequest.LaunchTemplateId',
    DeleteLaunchTemplate: 'requestParameters.DeleteLaunchTemplateRequest.LaunchTemplateId',
  },
  unordered: ['Versions'],
  // Scripts that instances start with often hold passwords.
  redact: ['Versions[].LaunchTemplateData.UserData'],
})
