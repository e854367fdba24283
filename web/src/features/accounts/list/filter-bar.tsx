import type { AWSAccountSummary, CredentialType } from '@dashboard/contract/accounts.ts'
import { Choice } from '../../../components/filter/choice.tsx'
import { TextFilter } from '../../../components/filter/text-filter.tsx'
import { FilterChip } from '../../../components/status-filter.tsx'
import { useDraft } from '../../../components/use-draft.ts'
import { accountStatus, credentialTypeWord, type Status } from '../../../lib/status.ts'
import { accountsShown } from './accounts-shown.ts'
import { credentialTypes, noEnvironment, phases, type AccountsSearch, type Grouping } from './accounts-search.ts'
import styles from './list.module.css'

interface FilterBarProps {
  /** All in the scope. */
  accounts: readonly AWSAccountSummary[]
  search: AccountsSearch
  onChange: (change: Partial<AccountsSearch>) => void
}

/** One line that narrows, sorts and groups the list; all of it stands in the address. */
export const FilterBar = ({ accounts, search, onChange }: FilterBarProps) => {
  const [typed, setTyped] = useDraft(search.text ?? '', (text) => {
    onChange({ text: text.trim() || undefined })
    return text.trim()
  })
  const environments = [...new Set(accounts.map(({ environment }) => environment ?? noEnvironment))].toSorted()
  return (
    <div className={styles.filters} role="search" aria-label="Filter accounts">
      <TextFilter label="Find accounts" placeholder="Name, id, unit, tag" value={typed} onChange={setTyped} />
      <Choice
        label="Method"
        value={search.method ?? ''}
        options={credentialTypes.map((value) => [value, credentialTypeWord[value]])}
        onChange={(value) => onChange({ method: (value || undefined) as CredentialType | undefined })}
      />
      <Choice
        label="Environment"
        value={search.environment ?? ''}
        options={environments.map((value) => [value, value === noEnvironment ? 'None' : value])}
        onChange={(value) => onChange({ environment: value || undefined })}
      />
      <Choice
        label="Group"
        all="No groups"
        value={search.group ?? ''}
        options={[
          ['unit', 'By organizational unit'],
          ['environment', 'By environment'],
        ]}
        onChange={(value) => onChange({ group: (value || undefined) as Grouping | undefined })}
      />
    </div>
  )
}

/** Some of them had access once, others never. */
const noAccess: Status = { tone: 'bad', word: 'No access' }

/** The states there are, each with how many accounts are in it. */
export const PhaseChips = ({ accounts, search, onChange }: FilterBarProps) => {
  const others = accountsShown(accounts, { ...search, phase: undefined })
  const chosen = search.phase ?? []
  const toggle = (phase: (typeof phases)[number]) => {
    const next = chosen.includes(phase) ? chosen.filter((other) => other !== phase) : [...chosen, phase]
    onChange({ phase: next.length ? next : undefined })
  }
  return (
    <>
      <ExposedChip accounts={accounts} search={search} onChange={onChange} />
      {phases
        .map((phase) => ({ phase, count: others.filter((account) => account.phase === phase).length }))
        .filter(({ phase, count }) => count > 0 || chosen.includes(phase))
        .map(({ phase, count }) => (
          <FilterChip
            key={phase}
            status={phase === 'LOST_ACCESS' ? noAccess : accountStatus({ phase })}
            count={count}
            isOn={chosen.includes(phase)}
            onToggle={() => toggle(phase)}
          />
        ))}
    </>
  )
}

const ExposedChip = ({ accounts, search, onChange }: FilterBarProps) => {
  const count = accountsShown(accounts, { ...search, exposed: 'true' }).length
  const isOn = search.exposed !== undefined
  if (count === 0 && !isOn) return null
  return (
    <FilterChip
      status={{ tone: 'bad', word: 'Exposed' }}
      count={count}
      isOn={isOn}
      onToggle={() => onChange({ exposed: isOn ? undefined : 'true' })}
    />
  )
}
