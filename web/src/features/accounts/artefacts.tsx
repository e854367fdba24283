import type { Onboarding } from '@dashboard/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { ArtefactTabs, jsonText, type Artefact } from '../../components/artefacts/artefact-tabs.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { api } from '../../lib/api.ts'

const artefactsOf = ({ cloudFormation, terraform, cli, trustPolicy, permissionPolicy, roleName }: Onboarding) =>
  [
    { id: 'cloudformation', title: 'CloudFormation', text: cloudFormation, fileName: `${roleName}.yaml` },
    { id: 'terraform', title: 'Terraform', text: terraform, fileName: `${roleName}.tf` },
    { id: 'cli', title: 'AWS CLI', text: cli, fileName: `${roleName}.sh` },
    { id: 'trust', title: 'Trust policy', text: trustPolicy && jsonText(trustPolicy), fileName: 'trust-policy.json' },
    {
      id: 'permissions',
      title: 'Permission policy',
      text: jsonText(permissionPolicy),
      fileName: 'permission-policy.json',
    },
  ] satisfies Artefact[]

/** The policies, the template and the script of one connection, live from the API. */
export const Artefacts = ({ id }: { id: string }) => {
  const query = useQuery(api.accounts.onboarding.queryOptions({ input: { id } }))
  return (
    <Loadable query={query} what="The policies could not be loaded">
      {(onboarding) => (
        <>
          {onboarding.fix && <FixPanel fix={onboarding.fix} />}
          <ArtefactTabs label="What to create in the account" artefacts={artefactsOf(onboarding)} />
        </>
      )}
    </Loadable>
  )
}
