import type { SavedView } from '@dashboard/contract/views.ts'
import { lazy, Suspense, useState } from 'react'
import { IconButton } from '../icon-button.tsx'

// Loaded at the first press.
const ViewsPopover = lazy(async () => ({ default: (await import('./views-popover.tsx')).ViewsPopover }))
const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.tsx')).ViewDialog }))

interface ViewsMenuProps {
  page: SavedView['page']
  /** What the address says now, without `?`. */
  search: string
  onOpen: (view: SavedView) => void
  /** Whether the dialog that saves is open: a key or the palette may open it too. */
  isSaving: boolean
  onSaving: (isSaving: boolean) => void
}

/** The views of a page: one press opens one, saves this one, renames, shares or deletes. */
export const ViewsMenu = ({ page, search, onOpen, isSaving, onSaving }: ViewsMenuProps) => {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [renamed, setRenamed] = useState<SavedView | null>(null)
  return (
    <>
      <IconButton
        icon="bookmark"
        label="Saved views"
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      />
      <Suspense fallback={null}>
        {anchor && (
          <ViewsPopover
            anchor={anchor}
            page={page}
            search={search}
            onOpen={onOpen}
            onSave={() => onSaving(true)}
            onRename={setRenamed}
            onClose={() => setAnchor(null)}
          />
        )}
        {isSaving && <ViewDialog page={page} search={search} view={null} onClose={() => onSaving(false)} />}
        {renamed && <ViewDialog page={page} search={search} view={renamed} onClose={() => setRenamed(null)} />}
      </Suspense>
    </>
  )
}
