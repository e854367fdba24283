import { getRouteApi, Link } from '@tanstack/react-router'
import { Loadable } from '../../../components/loadable.tsx'
import { Page } from '../../../components/page.tsx'
import { StepFrame } from '../../../components/steps/step-frame.tsx'
import { Steps } from '../../../components/steps/steps.tsx'
import { joinSteps, type JoinSearch, type JoinStep } from '../organizations-search.ts'
import { treeOf, type Member, type Unit } from '../tree/tree-model.ts'
import { useMembers, useOrganization } from '../use-organization.ts'
import { AccountsStep } from './accounts-step.tsx'
import { useJoinDraft } from './draft.ts'
import { JoinStepView } from './join-step.tsx'
import { ManagementStep } from './management-step.tsx'
import { RoleStep } from './role-step.tsx'

const route = getRouteApi('/organizations/connect')

const titles: Record<JoinStep, string> = {
  management: 'Organization',
  accounts: 'Accounts',
  role: 'Role and regions',
  join: 'Connect',
}

/** Connects the accounts of an organization, step by step; the address and the tab's own draft survive a reload. */
export const ConnectOrganizationPage = () => {
  const { step: wanted = 'management', id, management } = route.useSearch()
  const navigate = route.useNavigate()
  const step = id === undefined ? 'management' : wanted
  const go = (next: JoinSearch) => void navigate({ search: next })
  return (
    <Page
      title="Connect an organization"
      crumb={
        <>
          <Link to="/accounts">Accounts</Link> / <Link to="/organizations">Organizations</Link>
        </>
      }
    >
      <Steps steps={joinSteps.map((each) => ({ id: each, title: titles[each] }))} current={step} />
      <StepFrame step={step}>
        {id === undefined || step === 'management' ? (
          <ManagementStep chosen={management} onRead={(read) => go({ step: 'accounts', id: read })} />
        ) : (
          <OrganizationSteps key={id} id={id} step={step} onStep={(next) => go({ step: next, id })} />
        )}
      </StepFrame>
    </Page>
  )
}

interface OrganizationStepsProps {
  id: string
  step: Exclude<JoinStep, 'management'>
  onStep: (step: JoinStep) => void
}

const OrganizationSteps = (props: OrganizationStepsProps) => {
  const organization = useOrganization(props.id)
  const members = useMembers(props.id)
  return (
    <Loadable query={organization} what="The organization could not be loaded">
      {(read) => (
        <Loadable query={members} what="Its accounts could not be loaded">
          {(accounts) => <Choosing {...props} units={read.units} members={accounts} lastComplete={read.lastComplete} />}
        </Loadable>
      )}
    </Loadable>
  )
}

interface ChoosingProps extends OrganizationStepsProps {
  units: Unit[]
  members: Member[]
  lastComplete: string | null
}

const Choosing = ({ id, step, onStep, units, members, lastComplete }: ChoosingProps) => {
  const [draft, change] = useJoinDraft(id)
  const tree = treeOf(units, members)
  const common = { id, tree, members, draft, onChange: change }
  if (step === 'accounts')
    return (
      <AccountsStep
        {...common}
        lastComplete={lastComplete}
        onBack={() => onStep('management')}
        onNext={() => onStep('role')}
      />
    )
  if (step === 'role') return <RoleStep {...common} onBack={() => onStep('accounts')} onJoined={() => onStep('join')} />
  return <JoinStepView {...common} onBack={() => onStep('role')} />
}
