import { expect, it } from 'vitest'
import { csv } from './csv.ts'

it('quotes what would break a row, leaves nothing for null, and defuses formulas', () => {
  expect(
    csv(
      ['name', 'note'],
      [
        ['a,b', 'said "no"'],
        ['=1+1', null],
        [-3, true],
      ],
    ),
  ).toBe('name,note\r\n"a,b","said ""no"""\r\n\'=1+1,\r\n-3,true\r\n')
})
