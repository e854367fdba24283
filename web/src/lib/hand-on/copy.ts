import { notify } from '../notice.ts'

/** Puts text on the clipboard and says so; `what` completes “Copied …”. */
export const copy = async (text: string, what: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    notify(`Copied ${what}`)
  } catch {
    notify('The browser did not allow copying.', 'bad')
  }
}
