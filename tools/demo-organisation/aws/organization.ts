import {
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations'
import { required } from '../../aws-gateway/required.ts'
import type { Site } from './site.ts'

/** Makes the site's account the management account of an organization; returns the id of its root. */
export async function createOrganization(site: Site): Promise<string> {
  await site.of(OrganizationsClient).send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
  return findRoot(site)
}

export async function createUnit(site: Site, ParentId: string, Name: string): Promise<string> {
  const command = new CreateOrganizationalUnitCommand({ ParentId, Name })
  const { OrganizationalUnit } = await site.of(OrganizationsClient).send(command)
  return required(OrganizationalUnit?.Id, 'OrganizationalUnit.Id')
}

/** Creates a member account of the given id and puts it into a unit. */
export async function createMember(
  site: Site,
  { accountId, name, rootId, unitId }: { accountId: string; name: string; rootId: string; unitId: string },
): Promise<void> {
  const organizations = site.of(OrganizationsClient)
  // AWS draws the id; the gateway takes it from the address.
  const Email = `aws+${accountId}@northgate.example`
  await organizations.send(new CreateAccountCommand({ AccountName: name, Email }))
  await organizations.send(
    new MoveAccountCommand({ AccountId: accountId, SourceParentId: rootId, DestinationParentId: unitId }),
  )
}

export async function findRoot(site: Site): Promise<string> {
  return required((await site.of(OrganizationsClient).send(new ListRootsCommand({}))).Roots?.[0]?.Id, 'Root.Id')
}

/** Of a unit directly below another or the root. */
export async function findUnit(site: Site, ParentId: string, name: string): Promise<string> {
  const command = new ListOrganizationalUnitsForParentCommand({ ParentId })
  const { OrganizationalUnits } = await site.of(OrganizationsClient).send(command)
  return required(OrganizationalUnits?.find((unit) => unit.Name === name)?.Id, `unit ${name}`)
}
