import type { OrganizationOnboarding } from '@dashboard/contract/organizations.ts'
import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { ArtefactTabs, jsonText, type Artefact } from '../../components/artefacts/artefact-tabs.tsx'
import { CopyText } from '../../components/copy-text.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { api } from '../../lib/api.ts'

type Onboarding = z.infer<typeof OrganizationOnboarding>

const artefactsOf = ({ roleName, stackSetTemplate, stackSetCli, terraform, trustPolicy, ...rest }: Onboarding) =>
  [
    {
      id: 'cli',
      title: 'AWS CLI',
      text: stackSetCli,
      fileName: `${roleName}-stackset.sh`,
      note: 'Run it in the management account. It creates a StackSet that deploys to the units and to every account that joins them; the management account itself is not among them.',
    },
    {
      id: 'terraform',
      title: 'Terraform',
      text: terraform,
      fileName: `${roleName}-stackset.tf`,
      note: 'The same StackSet, with the AWS provider of the management account.',
    },
    {
      id: 'template',
      title: 'StackSet template',
      text: stackSetTemplate,
      fileName: `${roleName}.yaml`,
      note: 'The role alone, to create a service-managed StackSet in the console, or a stack in one account.',
    },
    { id: 'trust', title: 'Trust policy', text: trustPolicy && jsonText(trustPolicy), fileName: 'trust-policy.json' },
    {
      id: 'permissions',
      title: 'Permission policy',
      text: jsonText(rest.permissionPolicy),
      fileName: 'permission-policy.json',
    },
  ] satisfies Artefact[]

interface OrganizationArtefactsProps {
  id: string
  roleName: string
  /** Where to deploy; none means the whole organization. */
  ouIds: string[]
}

/** What creates the role in every account of the organization, live from the API. */
export const OrganizationArtefacts = ({ id, roleName, ouIds }: OrganizationArtefactsProps) => {
  const query = useQuery(
    api.organizations.onboarding.queryOptions({
      input: { id, roleName, ...(ouIds.length ? { ouId: ouIds } : {}) },
    }),
  )
  return (
    <Loadable query={query} what="The templates could not be loaded">
      {(onboarding) => (
        <>
          {onboarding.fix && <FixPanel fix={onboarding.fix} />}
          <p>
            External id of all accounts of this organization:{' '}
            <CopyText text={onboarding.externalId} what="external id" />
          </p>
          <ArtefactTabs label="What to create in the accounts" artefacts={artefactsOf(onboarding)} />
        </>
      )}
    </Loadable>
  )
}
