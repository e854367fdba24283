import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replaceAt, stringAt, valueAt, valuesAt } from './path.ts'

const volume = {
  VolumeId: 'vol-1',
  State: { Name: 'in-use' },
  Attachments: [{ InstanceId: 'i-1', Tags: ['a'] }, { InstanceId: 'i-2' }],
  KmsKeyId: null,
}

describe('A path leads to its values', () => {
  test('a field, a field within, and all elements of a list', () => {
    expect(valuesAt(volume, 'VolumeId')).toEqual(['vol-1'])
    expect(valuesAt(volume, 'State.Name')).toEqual(['in-use'])
    expect(valuesAt(volume, 'Attachments[].InstanceId')).toEqual(['i-1', 'i-2'])
    expect(valuesAt(volume, 'Attachments[].Tags[]')).toEqual(['a'])
  })

  test('what is missing or null gives nothing', () => {
    expect(valuesAt(volume, 'Nowhere.Name')).toEqual([])
    expect(valuesAt(volume, 'KmsKeyId')).toEqual([])
    expect(valuesAt(undefined, 'VolumeId')).toEqual([])
    expect(valueAt(volume, 'VolumeId.length.x')).toBeUndefined()
    expect(stringAt(volume, 'Attachments')).toBeUndefined()
  })
})

describe('Replacing at a path', () => {
  test('changes every value there and nothing else', () => {
    const replaced = replaceAt(volume, 'Attachments[].InstanceId', () => 'x')
    expect(replaced).toEqual({ ...volume, Attachments: [{ InstanceId: 'x', Tags: ['a'] }, { InstanceId: 'x' }] })
    expect(volume.Attachments[0]?.InstanceId).toBe('i-1')
  })

  test('with undefined removes the field', () => {
    expect(replaceAt(volume, 'State.Name', () => undefined)).toEqual({ ...volume, State: {} })
  })

  test('adds no field that was not there', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'c[]'), { minLength: 1, maxLength: 3 })
      .map((keys) => keys.join('.'))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('x', 'y'), fc.jsonValue()), path, (root, somewhere) => {
        expect(replaceAt(root, somewhere, () => 'new')).toEqual(root)
      }),
    )
  })
})
