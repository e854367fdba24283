/**
 * Lists are paged by opaque tokens that only lead forward. The address keeps the tokens walked through, so that
 * “previous” works and a copied link shows the same page.
 */
export interface Paging {
  /** Counted from 1. */
  page: number
  /** Tokens of pages 2 … `page`; the oldest are dropped beyond `mostTokens`. */
  after: string[]
}

// Addresses longer than about 8 kB are cut by some proxies.
const mostTokens = 20

export const firstPage: Paging = { page: 1, after: [] }

/** The token that asks for the current page; undefined is the first page. */
export const currentToken = ({ after }: Paging): string | undefined => after.at(-1)

export const nextPage = ({ page, after }: Paging, token: string): Paging => ({
  page: page + 1,
  after: [...after, token].slice(-mostTokens),
})

/** One page back; where the token was dropped, back to the first page. */
export const previousPage = ({ page, after }: Paging): Paging => {
  const left = after.slice(0, -1)
  return page <= 2 || left.length === 0 ? firstPage : { page: page - 1, after: left }
}

/** Reads paging from the address; a page number that its tokens do not bear out is the first page. */
export const pagingOf = (page: string | undefined, after: string[] | undefined): Paging => {
  const number = Number(page ?? 1)
  if (!after?.length || !Number.isInteger(number) || number < 2) return firstPage
  return { page: Math.max(number, after.length + 1), after: after.slice(-mostTokens) }
}
