import Button from '@mui/material/Button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { validateAccount } from '../../lib/accounts/validate-account.ts'
import { api } from '../../lib/api.ts'
import { counted } from '../../lib/format.ts'
import { notify } from '../../lib/notice.ts'
import { problemOf } from '../../lib/problem.ts'
import { accountStatus } from '../../lib/status.ts'

/** Everything that an account or an organization shows up in. */
const useRefresh = () => {
  const queries = useQueryClient()
  return () => {
    for (const queryKey of [api.accounts.key(), api.organizations.key(), api.overview.key()])
      void queries.invalidateQueries({ queryKey })
  }
}

/** Validates an account from where it is complained about. */
export const ValidateAgain = ({ id }: { id: string }) => {
  const refresh = useRefresh()
  const validate = useMutation({
    mutationFn: () => validateAccount(id),
    onSuccess: (account) =>
      notify(
        `${account.name}: ${accountStatus(account).word.toLowerCase()}`,
        account.status === 'active' ? 'info' : 'bad',
      ),
    onError: (error) => notify(problemOf(error).message, 'bad'),
    onSettled: refresh,
  })
  return (
    <Button disabled={validate.isPending} onClick={() => validate.mutate()}>
      {validate.isPending ? 'Validating…' : 'Validate again'}
    </Button>
  )
}

/** Reads an organization again. */
export const ReadAgain = ({ id }: { id: string }) => {
  const refresh = useRefresh()
  const read = useMutation(
    api.organizations.refresh.mutationOptions({
      onSuccess: ({ reason, accounts }) =>
        reason === null ? notify(`Read: ${counted(accounts.total, 'account')}`) : notify(reason, 'bad'),
      onError: (error) => notify(problemOf(error).message, 'bad'),
      onSettled: refresh,
    }),
  )
  return (
    <Button disabled={read.isPending} onClick={() => read.mutate({ id })}>
      {read.isPending ? 'Reading…' : 'Read again'}
    </Button>
  )
}
