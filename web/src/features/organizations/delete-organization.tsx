import type { Organization } from '@dashboard/contract/organizations.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { TypedDelete } from '../../components/typed-delete.tsx'
import { api } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'

interface DeleteOrganizationProps {
  organization: Organization
  onClose: () => void
}

export const DeleteOrganization = ({ organization, onClose }: DeleteOrganizationProps) => {
  const { id, organizationId, accounts, enrolment } = organization
  const queries = useQueryClient()
  const navigate = useNavigate()
  const remove = useMutation(
    api.organizations.delete.mutationOptions({
      onSuccess: async () => {
        notify(`Removed ${organizationId}`)
        await navigate({ to: '/organizations', replace: true })
        queries.removeQueries({ queryKey: api.organizations.get.key({ input: { id } }) })
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <TypedDelete
      action="Remove organization"
      name={organizationId}
      problem={remove.error ? problemOf(remove.error) : null}
      busy={remove.isPending}
      onDelete={() => remove.mutate({ id })}
      onClose={onClose}
    >
      <p>
        The organization is not read any more: its units and members leave this page, and environments that came from
        its units with them.
        {enrolment?.enabled && ' New accounts no longer connect by themselves.'} The{' '}
        {counted(accounts.connected, 'connection')} and their inventory stay. Nothing changes in AWS.
      </p>
    </TypedDelete>
  )
}
