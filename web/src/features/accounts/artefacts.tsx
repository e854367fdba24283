import type { Onboarding } from '@dashboard/contract/accounts.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CodeBlock } from '../../components/code-block.tsx'
import { FixPanel } from '../../components/fix-panel.tsx'
import { Loadable } from '../../components/loadable.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { api } from '../../lib/api.ts'
import styles from './accounts.module.css'

interface Artefact {
  id: 'cloudformation' | 'cli' | 'trust' | 'permissions'
  title: string
  text: string
  fileName: string
}

const json = (value: unknown): string => JSON.stringify(value, null, 2)

/** What there is to create in the account; what the installation cannot offer is left out. */
const artefactsOf = ({ cloudFormation, cli, trustPolicy, permissionPolicy, roleName }: Onboarding): Artefact[] => {
  const all: (Omit<Artefact, 'text'> & { text: string | null })[] = [
    { id: 'cloudformation', title: 'CloudFormation', text: cloudFormation, fileName: `${roleName}.yaml` },
    { id: 'cli', title: 'AWS CLI', text: cli, fileName: `${roleName}.sh` },
    { id: 'trust', title: 'Trust policy', text: trustPolicy && json(trustPolicy), fileName: 'trust-policy.json' },
    { id: 'permissions', title: 'Permission policy', text: json(permissionPolicy), fileName: 'permission-policy.json' },
  ]
  return all.flatMap(({ text, ...rest }) => (text === null ? [] : [{ ...rest, text }]))
}

/** The policies, the template and the script of one connection, live from the API. */
export const Artefacts = ({ id }: { id: string }) => {
  const query = useQuery(api.accounts.onboarding.queryOptions({ input: { id } }))
  return (
    <Loadable query={query} what="The policies could not be loaded">
      {(onboarding) => <Chooser onboarding={onboarding} />}
    </Loadable>
  )
}

const Chooser = ({ onboarding }: { onboarding: Onboarding }) => {
  const artefacts = artefactsOf(onboarding)
  const [chosen, setChosen] = useState<Artefact['id'] | null>(null)
  const shown = artefacts.find(({ id }) => id === chosen) ?? artefacts[0]
  if (!shown) return null
  return (
    <div className={styles.artefacts}>
      {onboarding.fix && <FixPanel fix={onboarding.fix} />}
      <Tabs label="What to create in the account" tabs={artefacts} selected={shown.id} onSelect={setChosen}>
        <div className={styles.artefact}>
          <CodeBlock label={shown.title} text={shown.text} fileName={shown.fileName} />
        </div>
      </Tabs>
    </div>
  )
}
