import { useEffect, useEffectEvent } from 'react'
import type { Action } from '../../../lib/actions.ts'
import { copy } from '../../../lib/hand-on/copy.ts'
import type { FilterInput } from '../list-input.ts'
import { firstPage } from '../token-stack.ts'
import { listInput } from '../list-input.ts'
import type { ResourcesSearch } from '../resources-search.ts'
import { awsCliOfFilter, curlOf } from './commands.ts'
import { exportRows } from './export-rows.ts'

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(TEXTAREA|SELECT|INPUT)$/.test(target.tagName)

/** What the filter shows, to take along: as a file, or as a command. `e` saves the CSV. */
export const useHandOn = (input: FilterInput | null, search: ResourcesSearch, regions: readonly string[]): Action[] => {
  const filter = input ?? {}
  const exportAs = (format: 'csv' | 'json') => input && void exportRows(format, input, search)
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'e' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTyping(event.target) || document.querySelector('.MuiDialog-root, .MuiPopover-root')) return
    exportAs('csv')
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
  return [
    { id: 'export-csv', title: 'Export as CSV', keys: 'e', run: () => exportAs('csv') },
    { id: 'export-json', title: 'Export as JSON', run: () => exportAs('json') },
    {
      id: 'copy-curl',
      title: 'Copy as curl',
      run: () =>
        void copy(curlOf(location.origin, '/resources', listInput(filter, search, firstPage)), 'a curl command'),
    },
    {
      id: 'copy-aws-cli',
      title: 'Copy as AWS CLI',
      run: () => void copy(awsCliOfFilter(filter, regions), 'AWS CLI commands'),
    },
    { id: 'copy-link', title: 'Copy link to this view', run: () => void copy(location.href, 'the link') },
  ]
}
