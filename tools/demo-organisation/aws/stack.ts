import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation'
import type { Site } from './site.ts'
import { type Owner, tagList } from './tags.ts'

/** Creates what the template describes. */
export async function createStack(site: Site, name: string, resources: object, owner: Owner): Promise<void> {
  await site.of(CloudFormationClient).send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }),
      Tags: tagList(undefined, owner),
    }),
  )
}
