/** An input of the API as a query string: lists repeat their key, what is undefined is left out. */
export const apiQuery = (input: Record<string, unknown>): string => {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(input))
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) params.append(key, String(item))
  return params.toString()
}
