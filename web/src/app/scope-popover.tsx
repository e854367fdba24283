import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Loadable } from '../components/loadable.tsx'
import { StatusMark } from '../components/status-mark.tsx'
import { formatNumber } from '../lib/format.ts'
import { toggled, withScope, type ScopeSearch } from '../lib/scope.ts'
import { accountStatus, type Status } from '../lib/status.ts'
import { useAccounts } from '../lib/use-accounts.ts'
import type { UsedScope } from '../lib/use-scope.ts'
import styles from './scope-control.module.css'

interface ScopePopoverProps {
  anchor: HTMLElement
  scope: UsedScope
  onClose: () => void
}

export const ScopePopover = ({ anchor, scope, onClose }: ScopePopoverProps) => {
  const navigate = useNavigate()
  const [wanted, setWanted] = useState('')
  const query = useAccounts()
  const change = (next: ScopeSearch) =>
    void navigate({ to: '.', search: (before: Record<string, unknown>) => withScope(before, next), replace: true })
  const { account = [], region = [] } = scope
  return (
    <Popover
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Scope', sx: { boxShadow: 'var(--float)' } } }}
    >
      <div className={styles.popover}>
        <div className={styles.head}>
          <input
            type="search"
            aria-label="Find an account or a region"
            placeholder="Find an account or a region"
            autoFocus
            value={wanted}
            onChange={({ target }) => setWanted(target.value)}
          />
          <Button disabled={scope.isWhole} onClick={() => change({})}>
            Clear
          </Button>
        </div>
        <Loadable query={query} what="The accounts could not be loaded">
          {({ items, total }) => {
            const regions = new Set([...items.flatMap((item) => item.regions), ...region, 'global'])
            const finds = (...texts: string[]) =>
              texts.some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase()))
            return (
              <div className={styles.groups}>
                <Choices
                  title={total > items.length ? `First ${formatNumber(items.length)} accounts` : 'Accounts'}
                  choices={items
                    .filter(({ name, accountId }) => finds(name, accountId))
                    .map((item) => ({
                      value: item.accountId,
                      name: item.name,
                      id: item.accountId,
                      state: accountStatus(item),
                      isChosen: account.includes(item.accountId) || account.includes(item.name),
                    }))}
                  onToggle={({ value, name }, on) =>
                    change({
                      region,
                      account: toggled(
                        account.filter((other) => other !== name),
                        value,
                        on,
                      ),
                    })
                  }
                />
                <Choices
                  title="Regions"
                  choices={[...regions]
                    .toSorted((a, b) => Number(b === 'global') - Number(a === 'global') || a.localeCompare(b))
                    .filter((value) => finds(value))
                    .map((value) => ({ value, name: value, isChosen: region.includes(value) }))}
                  onToggle={({ value }, on) => change({ account, region: toggled(region, value, on) })}
                />
              </div>
            )
          }}
        </Loadable>
      </div>
    </Popover>
  )
}

interface Choice {
  value: string
  name: string
  id?: string
  state?: Status
  isChosen: boolean
}

interface ChoicesProps {
  title: string
  choices: Choice[]
  onToggle: (choice: Choice, on: boolean) => void
}

const Choices = ({ title, choices, onToggle }: ChoicesProps) => (
  <fieldset className={styles.group}>
    <legend>{title}</legend>
    {choices.length === 0 && <p className={styles.none}>None is called so</p>}
    {choices.map((choice) => (
      <label key={choice.value} className={styles.choice}>
        <input type="checkbox" checked={choice.isChosen} onChange={({ target }) => onToggle(choice, target.checked)} />
        <span className={styles.name} title={choice.name}>
          {choice.name} {choice.id && <span className={`mono ${styles.id}`}>{choice.id}</span>}
        </span>
        {choice.state && <StatusMark status={choice.state} />}
      </label>
    ))}
  </fieldset>
)
