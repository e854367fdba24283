import { z } from 'zod'
import type { AuthenticatedCall } from './call.ts'

export const DenialReason = z.enum(['identity-policy', 'explicit-deny', 'service-control-policy'])
export type DenialReason = z.infer<typeof DenialReason>

/** AWS's words for a denial. Source: IAM user guide, "Troubleshoot access denied error messages". */
export function denialMessage(call: AuthenticatedCall, reason: DenialReason): string {
  const who = `User: ${call.principal.arn} is not authorized to perform: ${call.action}`
  const sentence = `${who}${resource(call)} ${because(call.action, reason)}`
  return call.protocol === 'ec2' ? `You are not authorized to perform this operation. ${sentence}` : sentence
}

function because(action: string, reason: DenialReason): string {
  if (reason === 'service-control-policy') return 'with an explicit deny in a service control policy'
  if (reason === 'explicit-deny') return 'with an explicit deny in an identity-based policy'
  return `because no identity-based policy allows the ${action} action`
}

/** EC2's Describe actions and S3's bucket list know no resource. */
function resource({ protocol, action, principal, region }: AuthenticatedCall): string {
  if (protocol === 'ec2' || action === 's3:ListAllMyBuckets') return ''
  const [service] = action.split(':')
  const place = service === 'iam' ? ':' : `${region}:`
  return ` on resource: arn:aws:${service}:${service === 's3' ? '::' : `${place}${principal.accountId}:`}*`
}
