import type { OrganizationOnboarding } from '@dashboard/contract/organizations.ts'
import { onboardingOf } from '../accounts/onboarding.ts'
import { escapeHcl } from '../accounts/onboarding/terraform.ts'
import type { OwnIdentity } from '../accounts/own-identity.ts'

interface Deployment {
  roleName: string
  externalId: string
  /** Units whose accounts, and all below, get the role; the root for all. */
  ouIds: readonly string[]
  /** IAM has no region, but a stack has: the partition's home. */
  region: string
  /** A delegated administrator creates the StackSet on the organization's behalf. */
  delegated: boolean
}

const stackSetName = 'AwsIntegrationDashboard'

/** Inside a quoted here-document: nothing in the template is expanded by the shell. */
const cliOf = ({ ouIds, region, delegated }: Deployment, template: string): string => {
  const callAs = delegated ? ' \\\n  --call-as DELEGATED_ADMIN' : ''
  return [
    "cat > aws-integration-dashboard-role.yaml <<'YAML'",
    template.trimEnd(),
    'YAML',
    '# Accounts that join these units later get the role by themselves. The management account itself never does:',
    '# create the role there with the templates of its own connection.',
    `aws cloudformation create-stack-set --region ${region} --stack-set-name ${stackSetName} \\`,
    '  --template-body file://aws-integration-dashboard-role.yaml --capabilities CAPABILITY_NAMED_IAM \\',
    '  --permission-model SERVICE_MANAGED \\',
    `  --auto-deployment Enabled=true,RetainStacksOnAccountRemoval=false${callAs}`,
    `aws cloudformation create-stack-instances --region ${region} --stack-set-name ${stackSetName} \\`,
    `  --deployment-targets OrganizationalUnitIds=${ouIds.join(',')} --regions ${region} \\`,
    `  --operation-preferences FailureTolerancePercentage=100,MaxConcurrentPercentage=100${callAs}`,
    '',
  ].join('\n')
}

const terraformOf = ({ ouIds, region, delegated }: Deployment, template: string): string =>
  [
    'terraform {',
    '  required_providers {',
    '    aws = {',
    '      source  = "hashicorp/aws"',
    '      version = ">= 6.0"',
    '    }',
    '  }',
    '}',
    '',
    'resource "aws_cloudformation_stack_set" "aws_integration_dashboard" {',
    `  name             = "${stackSetName}"`,
    '  permission_model = "SERVICE_MANAGED"',
    `  call_as          = "${delegated ? 'DELEGATED_ADMIN' : 'SELF'}"`,
    '  capabilities     = ["CAPABILITY_NAMED_IAM"]',
    '  template_body    = <<-YAML',
    ...escapeHcl(template)
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `    ${line}`)),
    '  YAML',
    '',
    '  auto_deployment {',
    '    enabled                          = true',
    '    retain_stacks_on_account_removal = false',
    '  }',
    '',
    '  lifecycle {',
    '    ignore_changes = [administration_role_arn]',
    '  }',
    '}',
    '',
    'resource "aws_cloudformation_stack_set_instance" "aws_integration_dashboard" {',
    '  stack_set_name            = aws_cloudformation_stack_set.aws_integration_dashboard.name',
    '  call_as                   = aws_cloudformation_stack_set.aws_integration_dashboard.call_as',
    `  stack_set_instance_region = "${region}"`,
    '',
    '  deployment_targets {',
    `    organizational_unit_ids = ${JSON.stringify(ouIds)}`,
    '  }',
    '}',
    '',
  ].join('\n')

/** What to create once, so that every account of the units lets us in with the organization's ExternalId. */
export const organizationOnboarding = (own: OwnIdentity, deployment: Deployment): OrganizationOnboarding => {
  const { roleName, externalId } = deployment
  const { principalArn, permissionPolicy, trustPolicy, cloudFormation, fix } = onboardingOf(
    own,
    { path: '/', name: roleName },
    externalId,
  )
  return {
    principalArn,
    roleName,
    externalId,
    permissionPolicy,
    trustPolicy,
    stackSetTemplate: cloudFormation,
    stackSetCli: cloudFormation && cliOf(deployment, cloudFormation),
    terraform: cloudFormation && terraformOf(deployment, cloudFormation),
    fix,
  }
}
