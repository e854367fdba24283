import { stringify } from 'yaml'
import { resourceTypes } from '@dashboard/catalog/catalog.ts'
import { readPolicy } from '@dashboard/catalog/read-policy.ts'
import type { Onboarding } from '@dashboard/contract/accounts.ts'
import type { PolicyDocument } from '@dashboard/contract/vocabulary.ts'
import { terraformOf } from './onboarding/terraform.ts'
import type { OwnIdentity, TrustedPrincipal } from './own-identity.ts'

/** Who may assume the role, and only with this connection's ExternalId. */
export const trustPolicyOf = (
  { principalArn, principalArnLike }: TrustedPrincipal,
  externalId: string,
): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AwsIntegrationDashboard',
      Effect: 'Allow',
      Principal: { AWS: principalArn },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'sts:ExternalId': externalId },
        ...(principalArnLike === null ? {} : { ArnLike: { 'aws:PrincipalArn': [...principalArnLike] } }),
      },
    },
  ],
})

const policyName = 'AwsIntegrationDashboardRead'

/** The role to create. The path is `/` for most. */
export interface RoleToCreate {
  path: string
  name: string
}

const cloudFormationOf = ({ path, name }: RoleToCreate, trust: PolicyDocument, permissions: PolicyDocument): string =>
  stringify(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Description: 'Read-only role for the AWS Integration Dashboard.',
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: name,
            ...(path === '/' ? {} : { Path: path }),
            Description: 'Read-only access for the AWS Integration Dashboard',
            MaxSessionDuration: 3600,
            AssumeRolePolicyDocument: trust,
            Policies: [{ PolicyName: policyName, PolicyDocument: permissions }],
          },
        },
      },
      Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
    },
    { lineWidth: 0 },
  )

/** JSON inside a quoted here-document: nothing in it is expanded by the shell. */
const cliOf = ({ path, name }: RoleToCreate, trust: PolicyDocument, permissions: PolicyDocument): string =>
  [
    "cat > trust-policy.json <<'JSON'",
    JSON.stringify(trust, null, 2),
    'JSON',
    "cat > permission-policy.json <<'JSON'",
    JSON.stringify(permissions, null, 2),
    'JSON',
    `aws iam create-role --role-name ${name}${path === '/' ? '' : ` --path ${path}`} --max-session-duration 3600 \\`,
    '  --assume-role-policy-document file://trust-policy.json',
    `aws iam put-role-policy --role-name ${name} --policy-name ${policyName} \\`,
    '  --policy-document file://permission-policy.json',
    '',
  ].join('\n')

/** What to create in an account, from the catalog and from who we are. Without an ExternalId: the permissions alone. */
export const onboardingOf = (own: OwnIdentity, role: RoleToCreate, externalId: string | null): Onboarding => {
  const permissionPolicy = readPolicy(resourceTypes)
  const trust = own.principalArn === null || externalId === null ? null : trustPolicyOf(own, externalId)
  return {
    principalArn: own.principalArn,
    roleName: role.name,
    permissionPolicy,
    trustPolicy: trust,
    cloudFormation: trust && cloudFormationOf(role, trust, permissionPolicy),
    terraform: trust && terraformOf(role, policyName, trust, permissionPolicy),
    cli: trust && cliOf(role, trust, permissionPolicy),
    fix: own.fix,
  }
}
