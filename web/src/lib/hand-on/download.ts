import { ApiError, isErrorBody } from '../problem.ts'
import { authorisedFetch } from '../session.ts'

const save = (blob: Blob, name: string) => {
  const url = URL.createObjectURL(blob)
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  // The browser has taken it over once it asks the user; a minute is enough for that.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/**
 * Fetches a file of the API with the access token, which a plain link could not carry, and saves it. The browser keeps
 * what arrives on disk, so its size does not matter. @throws ApiError when the API refuses.
 */
export const download = async (path: string, name: string): Promise<Headers> => {
  const response = await authorisedFetch(new Request(path))
  if (!response.ok) {
    const body: unknown = await response.json().catch(() => null)
    throw isErrorBody(body) ? new ApiError(response.status, body) : new Error(`The server answered ${response.status}.`)
  }
  save(await response.blob(), name)
  return response.headers
}
