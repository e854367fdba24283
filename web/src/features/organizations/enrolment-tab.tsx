import type { Organization } from '@dashboard/contract/organizations.ts'
import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorPanel } from '../../components/error-panel.tsx'
import { Field } from '../../components/field.tsx'
import { commonRegions } from '../../components/regions/common-regions.ts'
import { RegionPicker } from '../../components/regions/region-picker.tsx'
import { api } from '../../lib/api.ts'
import { notify } from '../../lib/notice.ts'
import { issueFor, problemOf } from '../../lib/problem.ts'
import styles from './organizations.module.css'
import type { Unit } from './tree/tree-model.ts'

const useEnrolment = () => {
  const queries = useQueryClient()
  return useMutation(
    api.organizations.enrol.mutationOptions({
      onSuccess: ({ enrolment }) => {
        notify(
          enrolment?.enabled
            ? 'New accounts of these units connect by themselves'
            : 'New accounts wait to be connected',
        )
        return queries.invalidateQueries({ queryKey: api.organizations.key() })
      },
    }),
  )
}

/** Which new accounts connect by themselves, how we enter them, and where we look. */
export const EnrolmentTab = ({ organization, units }: { organization: Organization; units: Unit[] }) => {
  const { id, enrolment } = organization
  const [enabled, setEnabled] = useState(enrolment?.enabled ?? false)
  const [ouIds, setOuIds] = useState(enrolment?.ouIds ?? [])
  const [roleName, setRoleName] = useState(enrolment?.roleName ?? 'AwsIntegrationDashboard')
  const [regions, setRegions] = useState(enrolment?.regions.length ? enrolment.regions : ['us-east-1', 'eu-west-1'])
  const save = useEnrolment()
  const problem = save.error ? problemOf(save.error) : null
  const isIncomplete = enabled && (ouIds.length === 0 || regions.length === 0)
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ id, enabled, ouIds, roleName, regions })
      }}
    >
      <label className={styles.option}>
        <input type="checkbox" checked={enabled} onChange={({ target }) => setEnabled(target.checked)} />
        <span>
          New accounts connect by themselves
          <span className={styles.explained}>
            The organization is read every hour. An account that is new in these units, or below, is connected and
            validated; one that is closed or leaves retires, and its inventory stays.
          </span>
        </span>
      </label>
      <UnitChoice units={units} chosen={ouIds} onChange={setOuIds} />
      <Field
        label="Role name"
        className={styles.narrow}
        required
        value={roleName}
        help="The role that every new account has by then, as the StackSet of the onboarding makes it."
        error={issueFor(problem, 'roleName')}
        onChange={({ target }) => setRoleName(target.value.trim())}
      />
      <RegionPicker
        choices={commonRegions(regions)}
        chosen={regions}
        onChange={setRegions}
        error={regions.length ? undefined : 'Choose at least one region.'}
      />
      {problem && <ErrorPanel problem={problem} what="This could not be saved" />}
      {isIncomplete && <p className="muted">Choose at least one unit and one region.</p>}
      <Button type="submit" variant="contained" disabled={save.isPending || isIncomplete || regions.length === 0}>
        Save
      </Button>
    </form>
  )
}

interface UnitChoiceProps {
  units: Unit[]
  chosen: string[]
  onChange: (ids: string[]) => void
}

const UnitChoice = ({ units, chosen, onChange }: UnitChoiceProps) => (
  <fieldset className={styles.units}>
    <legend>Units</legend>
    {units
      .toSorted((a, b) => a.path.localeCompare(b.path))
      .map(({ id, name, path, environment }) => (
        <label key={id} title={path} style={{ paddingLeft: 12 + (path.split('/').length - 1) * 20 }}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          <span>{name}</span>
          {environment && <span className="muted">{environment}</span>}
        </label>
      ))}
  </fieldset>
)
