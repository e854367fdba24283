import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currentToken, firstPage, nextPage, pagingOf, previousPage } from './token-stack.ts'

const tokens = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 15 })
const walk = (list: string[]) => list.reduce(nextPage, firstPage)

describe('pages of a list', () => {
  it('go forward and back to the same page', () => {
    fc.assert(
      fc.property(tokens, fc.string({ minLength: 1 }), (list, token) => {
        expect(previousPage(nextPage(walk(list), token))).toEqual(walk(list))
      }),
    )
  })

  it('ask for the first page without a token', () => {
    expect(currentToken(firstPage)).toBeUndefined()
  })

  it('survive being written into an address', () => {
    fc.assert(
      fc.property(tokens, (list) => {
        const paging = walk(list)
        expect(pagingOf(String(paging.page), paging.after)).toEqual(paging)
      }),
    )
  })

  it('go back to the first page where the way was forgotten', () => {
    const far = walk(Array.from({ length: 40 }, (_, index) => `t${index}`))
    expect(far.after).toHaveLength(20)
    const back = Array.from({ length: 20 }).reduce<typeof far>((paging) => previousPage(paging), far)
    expect(back).toEqual(firstPage)
  })

  it('show the first page when the address makes no sense', () => {
    expect(pagingOf('seven', ['t'])).toEqual(firstPage)
    expect(pagingOf('3', undefined)).toEqual(firstPage)
  })
})
