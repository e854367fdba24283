/** The text of one field of a form; empty when there is no such field. */
export const formText = (data: FormData, name: string): string => {
  const value = data.get(name)
  return typeof value === 'string' ? value : ''
}
