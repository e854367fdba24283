import { expect, test } from 'vitest'
import { isStorable } from './storable.ts'

test('text with a NUL or half a surrogate pair cannot be stored, as a value or as a name, at any depth', () => {
  const bad = ['\u0000', 'a\u0000', '\ud800', '\udc00', 'a\udfffb', '\ud83e\u0000\udd84']
  for (const text of bad) {
    for (const value of [text, [text], { a: text }, { [text]: 1 }, { a: [{ b: [text] }] }, [{ [text]: {} }]])
      expect(isStorable(value)).toBe(false)
  }
})

test('everything else JSON can say is stored as it is', () => {
  for (const value of [
    null,
    undefined,
    true,
    0,
    -1.5,
    '',
    'é',
    '🦄',
    '\n\t\u001b\uffff\ufffe',
    [],
    {},
    { a: [1, 'x', { '🦄': null }] },
    '\\u0000',
  ])
    expect(isStorable(value)).toBe(true)
})
