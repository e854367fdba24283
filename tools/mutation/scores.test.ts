import { expect, test } from 'vitest'
import { type Mutant, type Report, scoreOf, survivorsOf, tableOf } from './scores.ts'

const mutant = (status: Mutant['status'], id = status): Mutant => ({
  id,
  status,
  mutatorName: 'BooleanLiteral',
  replacement: 'true &&\n  false',
  location: { start: { line: 3, column: 7 } },
})

const report: Report = {
  files: {
    'b.ts': { mutants: [mutant('Killed'), mutant('Killed'), mutant('Survived')] },
    'a.ts': { mutants: [mutant('Timeout'), mutant('NoCoverage'), mutant('Ignored'), mutant('CompileError')] },
  },
}

test('a mutant that made the tests hang is noticed, one that no test reaches is not, and one that was not tried counts nowhere', () => {
  expect(scoreOf(report.files['a.ts']?.mutants ?? [])).toEqual({
    mutants: 2,
    killed: 0,
    survived: 0,
    noCoverage: 1,
    timedOut: 1,
    score: 50,
  })
})

test('a score is never rounded up over a threshold', () => {
  const mutants = [
    ...Array.from({ length: 8_499 }, () => mutant('Killed')),
    ...Array.from({ length: 1_501 }, () => mutant('Survived')),
  ]
  expect(scoreOf(mutants).score).toBe(84.9)
})

test('where there is nothing to notice, nothing is missed', () => {
  expect(scoreOf([]).score).toBe(100)
})

test('the table has a line for each file in order, and one for all of them', () => {
  const lines = tableOf('vault', report).split('\n')
  expect(lines.map((line) => line.split(/\s{2,}/))).toEqual([
    ['vault', 'mutants', 'killed', 'survived', 'no coverage', 'timed out', 'score'],
    ['a.ts', '2', '0', '0', '1', '1', '50.0%'],
    ['b.ts', '3', '2', '1', '0', '0', '66.6%'],
    ['all', '5', '2', '1', '1', '1', '60.0%'],
  ])
})

test('what nobody noticed is told by file, line and what stood there instead', () => {
  expect(survivorsOf(report)).toEqual([
    'b.ts:3:7 BooleanLiteral → true && false',
    'a.ts:3:7 BooleanLiteral → true && false',
  ])
})
