import { RoleName } from '@dashboard/contract/organizations.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorPanel } from '../../../components/error-panel.tsx'
import { Field } from '../../../components/field.tsx'
import { Section } from '../../../components/page.tsx'
import { commonRegions } from '../../../components/regions/common-regions.ts'
import { RegionPicker } from '../../../components/regions/region-picker.tsx'
import { api, client } from '../../../lib/api.ts'
import { counted } from '../../../lib/format.ts'
import { notify } from '../../../lib/notice.ts'
import { problemOf } from '../../../lib/problem.ts'
import { OrganizationArtefacts } from '../organization-artefacts.tsx'
import { wholeUnits, type Member, type UnitNode } from '../tree/tree-model.ts'
import { selectionOf } from './accounts-step.tsx'
import styles from './connect.module.css'
import { organizationRole, ownRole, type JoinDraft } from './draft.ts'

interface RoleStepProps {
  id: string
  tree: UnitNode[]
  members: Member[]
  draft: JoinDraft
  onChange: (part: Partial<JoinDraft>) => void
  onBack: () => void
  onJoined: () => void
}

const useJoin = ({ id, tree, members, draft, onChange, onJoined }: RoleStepProps) => {
  const queries = useQueryClient()
  const selection = selectionOf(draft, members)
  const terms = { id, roleName: draft.roleName, regions: draft.regions }
  return useMutation({
    mutationFn: async () => {
      const joined = await client.organizations.join({ ...terms, accountIds: [...selection.accounts] })
      const ouIds = wholeUnits(tree, selection).map((unit) => unit.id)
      if (draft.enrol && ouIds.length) await client.organizations.enrol({ ...terms, enabled: true, ouIds })
      return joined
    },
    onSuccess: ({ items, added }) => {
      onChange({ joined: items.flatMap(({ connectionId }) => connectionId ?? []), accounts: [], units: [] })
      const left = items.length - added
      notify(`Connected ${counted(added, 'account')}${left ? `, ${left} were connected already or cannot be` : ''}`)
      for (const queryKey of [api.organizations.key(), api.accounts.key(), api.overview.key()])
        void queries.invalidateQueries({ queryKey })
      onJoined()
    },
  })
}

/** How we enter the accounts, and where we look in them. */
export const RoleStep = (props: RoleStepProps) => {
  const { tree, members, draft, onChange, onBack, id } = props
  const join = useJoin(props)
  const selection = selectionOf(draft, members)
  const whole = wholeUnits(tree, selection)
  const size = selection.accounts.size
  const isRoleFine = RoleName.safeParse(draft.roleName).success
  return (
    <div className={styles.parts}>
      <Section title="Role">
        <RoleChoice roleName={draft.roleName} onChange={(roleName) => onChange({ roleName })} />
      </Section>
      {draft.roleName !== organizationRole && isRoleFine && (
        <Section title="Create the role in all of them at once">
          <OrganizationArtefacts id={id} roleName={draft.roleName} ouIds={whole.map((unit) => unit.id)} />
        </Section>
      )}
      <RegionPicker
        choices={commonRegions(draft.regions)}
        chosen={draft.regions}
        onChange={(regions) => onChange({ regions })}
        error={draft.regions.length ? undefined : 'Choose at least one region.'}
      />
      <Section title="Accounts that come later">
        <label className={styles.option}>
          <input
            type="checkbox"
            checked={draft.enrol && whole.length > 0}
            disabled={whole.length === 0}
            onChange={({ target }) => onChange({ enrol: target.checked })}
          />
          <span>
            New accounts in these units connect by themselves
            <span className={styles.explained}>
              {whole.length === 0
                ? 'No unit is chosen as a whole: choose one in the step before.'
                : `${whole.map(({ path }) => path).join(', ')}. The organization is read every hour; accounts that are closed retire.`}
            </span>
          </span>
        </label>
      </Section>
      {join.error && <ErrorPanel problem={problemOf(join.error)} what="The accounts could not be connected" />}
      <div className={styles.actions}>
        <Button onClick={onBack}>Back</Button>
        <Button
          variant="contained"
          disabled={join.isPending || size === 0 || draft.regions.length === 0 || !isRoleFine}
          onClick={() => join.mutate()}
        >
          {size === 0 ? 'No account is chosen' : `Connect ${counted(size, 'account')}`}
        </Button>
      </div>
    </div>
  )
}

type Kind = 'own' | 'organization' | 'other'

const kindOf = (roleName: string): Kind =>
  roleName === ownRole ? 'own' : roleName === organizationRole ? 'organization' : 'other'

const RoleChoice = ({ roleName, onChange }: { roleName: string; onChange: (roleName: string) => void }) => {
  const [kind, setKind] = useState<Kind>(kindOf(roleName))
  const pick = (next: Kind, name: string) => {
    setKind(next)
    onChange(name)
  }
  const error = RoleName.safeParse(roleName).error?.issues[0]?.message
  return (
    <fieldset className={styles.options}>
      <legend className="visually-hidden">Role</legend>
      <label className={styles.option}>
        <input type="radio" name="role" checked={kind === 'own'} onChange={() => pick('own', ownRole)} />
        <span>
          <span className="mono">{ownRole}</span>, our own role
          <span className={styles.explained}>
            Recommended. It only reads, and lets in nobody without the external id. Create it with one of the forms
            below.
          </span>
        </span>
      </label>
      <label className={styles.option}>
        <input
          type="radio"
          name="role"
          checked={kind === 'organization'}
          onChange={() => pick('organization', organizationRole)}
        />
        <span>
          <span className="mono">{organizationRole}</span>, which AWS made
          <span className={styles.explained}>
            Nothing to create: accounts that were made in the organization have it. Those that were invited do not.
          </span>
        </span>
      </label>
      {kind === 'organization' && (
        <p className={styles.warning}>
          This role may do anything in the account, and it trusts the management account without an external id: the
          accounts connect as exposed, and this installation must be in the management account. Use it to begin with,
          and replace it by our own role from each account’s onboarding.
        </p>
      )}
      <label className={styles.option}>
        <input
          type="radio"
          name="role"
          checked={kind === 'other'}
          onChange={() => pick('other', 'DashboardReadOnly')}
        />
        <span>Another name</span>
      </label>
      {kind === 'other' && (
        <Field
          label="Role name"
          className={styles.inset}
          value={roleName}
          error={error}
          onChange={({ target }) => onChange(target.value.trim())}
        />
      )}
    </fieldset>
  )
}
