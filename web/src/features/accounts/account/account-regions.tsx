import type { AccountRegion, AWSAccount } from '@dashboard/contract/accounts.ts'
import Button from '@mui/material/Button'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { ErrorPanel } from '../../../components/error-panel.tsx'
import { FixPanel } from '../../../components/fix-panel.tsx'
import { Loadable } from '../../../components/loadable.tsx'
import { api } from '../../../lib/api.ts'
import { problemOf } from '../../../lib/problem.ts'
import { RegionPicker, type RegionChoice } from '../../../components/regions/region-picker.tsx'
import { useUpdateAccount } from '../use-update-account.ts'

const choiceOf = ({ region, optInStatus }: z.infer<typeof AccountRegion>): RegionChoice => ({
  region,
  ...(optInStatus === 'not-opted-in' ? { note: 'not opted in' } : {}),
})

/** The regions the account can use, asked of AWS, and which of them are scanned. */
export const AccountRegions = ({ account }: { account: AWSAccount }) => {
  const query = useQuery(api.accounts.regions.queryOptions({ input: { id: account.id } }))
  const [chosen, setChosen] = useState(account.regions)
  const update = useUpdateAccount()
  const isSame = chosen.toSorted().join() === account.regions.toSorted().join()
  return (
    <Loadable query={query} what="The regions could not be loaded">
      {({ items, source, fix }) => (
        <>
          <p className="muted">
            {source === 'static'
              ? 'AWS could not be asked which regions the account has, so the common ones are listed.'
              : 'As AWS lists them for this account.'}
          </p>
          {fix && <FixPanel fix={fix} />}
          <RegionPicker
            choices={items.map(choiceOf)}
            chosen={chosen}
            onChange={setChosen}
            error={chosen.length ? undefined : 'Choose at least one region.'}
          />
          {update.error && <ErrorPanel problem={problemOf(update.error)} what="The regions could not be saved" />}
          <div>
            <Button
              variant="contained"
              disabled={isSame || chosen.length === 0 || update.isPending}
              onClick={() =>
                update.mutate({
                  id: account.id,
                  regions: chosen,
                  ...(chosen.includes(account.defaultRegion) || !chosen[0] ? {} : { defaultRegion: chosen[0] }),
                })
              }
            >
              Save regions
            </Button>
          </div>
        </>
      )}
    </Loadable>
  )
}
