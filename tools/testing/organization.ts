import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListParentsCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations'
import type { TestAws } from './aws.ts'

export interface TestOrganization {
  client: OrganizationsClient
  rootId: string
  /** Makes a unit below another, or below the root. */
  unit(name: string, parentId?: string): Promise<string>
  /** Makes a member with this id, which the gateway reads from the e-mail address, in a unit. */
  member(accountId: string, name: string, ouId?: string): Promise<void>
  move(accountId: string, ouId: string): Promise<void>
}

/** An organization of the emulator, managed by one of its accounts. */
export const createOrganization = async (aws: TestAws, managementAccountId: string): Promise<TestOrganization> => {
  const client = aws.client(OrganizationsClient, managementAccountId)
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
  const { Roots } = await client.send(new ListRootsCommand({}))
  const rootId = Roots?.[0]?.Id ?? ''
  const move = async (accountId: string, ouId: string): Promise<void> => {
    const { Parents } = await client.send(new ListParentsCommand({ ChildId: accountId }))
    const SourceParentId = Parents?.[0]?.Id ?? rootId
    await client.send(new MoveAccountCommand({ AccountId: accountId, SourceParentId, DestinationParentId: ouId }))
  }
  return {
    client,
    rootId,
    move,
    unit: async (name, parentId = rootId) => {
      const answer = await client.send(new CreateOrganizationalUnitCommand({ ParentId: parentId, Name: name }))
      return answer.OrganizationalUnit?.Id ?? ''
    },
    member: async (accountId, name, ouId) => {
      await client.send(new CreateAccountCommand({ AccountName: name, Email: `aws+${accountId}@example.com` }))
      if (ouId !== undefined) await move(accountId, ouId)
    },
  }
}
