import type { PolicyDocument } from '@dashboard/contract/vocabulary.ts'
import type { RoleToCreate } from '../onboarding.ts'

/** `${` and `%{` begin a template in HCL, also in a here-document; doubled, the sign is itself. */
export const escapeHcl = (text: string): string =>
  text.replaceAll(/([$%])\{/g, (_match, sign: string) => `${sign}${sign}{`)

/** A policy as itself: a here-document needs no other escape, and the JSON can be read off the page. */
const heredoc = (name: string, policy: PolicyDocument): string[] => [
  `  ${name} = <<JSON`,
  escapeHcl(JSON.stringify(policy, null, 2)),
  'JSON',
]

/** The role in Terraform's words. Source: hashicorp/aws, `aws_iam_role` and `aws_iam_role_policy`. */
export const terraformOf = (
  { path, name }: RoleToCreate,
  policyName: string,
  trust: PolicyDocument,
  permissions: PolicyDocument,
): string =>
  [
    'terraform {',
    '  required_providers {',
    '    aws = {',
    '      source  = "hashicorp/aws"',
    '      version = ">= 5.0"',
    '    }',
    '  }',
    '}',
    '',
    'resource "aws_iam_role" "aws_integration_dashboard" {',
    `  name                 = "${name}"`,
    ...(path === '/' ? [] : [`  path                 = "${path}"`]),
    '  description          = "Read-only access for the AWS Integration Dashboard"',
    '  max_session_duration = 3600',
    '',
    ...heredoc('assume_role_policy', trust),
    '}',
    '',
    'resource "aws_iam_role_policy" "aws_integration_dashboard" {',
    `  name = "${policyName}"`,
    '  role = aws_iam_role.aws_integration_dashboard.id',
    '',
    ...heredoc('policy', permissions),
    '}',
    '',
    'output "role_arn" {',
    '  value = aws_iam_role.aws_integration_dashboard.arn',
    '}',
    '',
  ].join('\n')
