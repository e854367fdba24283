import { expect, it } from 'vitest'
import { allPages } from './all-pages.ts'

it('reads a list to its last page, each page once', async () => {
  const pages: Record<string, { items: number[]; nextToken?: string }> = {
    first: { items: [1, 2], nextToken: 'b' },
    b: { items: [3], nextToken: 'c' },
    c: { items: [] },
  }
  const asked: (string | undefined)[] = []
  const rows = await allPages((token) => {
    asked.push(token)
    return Promise.resolve(pages[token ?? 'first'] ?? { items: [] })
  })
  expect(rows).toEqual([1, 2, 3])
  expect(asked).toEqual([undefined, 'b', 'c'])
})
