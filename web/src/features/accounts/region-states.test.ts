import { describe, expect, it } from 'vitest'
import { regionStates } from './region-states.ts'

describe('the regions of an account', () => {
  it('say which were probed, and which denied something', () => {
    const states = regionStates({
      regions: ['eu-west-1', 'eu-central-1', 'us-east-1', 'ap-southeast-1'],
      permissionsByRegion: [
        { region: 'eu-west-1', probed: 1, denied: 0 },
        { region: 'eu-central-1', probed: 2, denied: 1 },
        { region: 'us-east-1', probed: 1, denied: 1 },
      ],
    })
    expect(states.map(({ tone }) => tone)).toEqual(['ok', 'warn', 'bad', 'idle'])
    expect(states[1]?.words).toBe('eu-central-1: 1 of 2 probed actions denied')
  })
})
