import { homedir } from 'node:os'
import { expect, test } from 'vitest'
import { readTextFiles } from './text-files.ts'
import { root } from './tool.ts'

const files = readTextFiles()

/** A folder at the top, such as `/app`, is a word that many texts use. */
const isTelling = (path: string): boolean => path.split(/[/\\]/).filter((part) => part !== '').length >= 2

const escape = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
const machinePaths = [root.replace(/[/\\]$/, ''), homedir()].filter(isTelling).map(escape)
const homes = String.raw`/(?:home|Users)/[a-z][\w.-]*/`
const somebodysPath = new RegExp([...machinePaths, homes].join('|'))

test('No file names a path of the machine it was written on', () => {
  const named = files.flatMap(({ path, text }) => {
    const [found] = somebodysPath.exec(text) ?? []
    return found ? [`${path}: ${found}`] : []
  })
  expect(named).toEqual([])
})

test('The lock file names no registry, so that any mirror will do', () => {
  const lock = files.find(({ path }) => path === 'package-lock.json')
  expect(lock?.text).not.toMatch(/"resolved": "https?:/)
})

test('No two tests of a file have the same title', () => {
  const repeated = files
    .filter(({ path }) => /\.test\.tsx?$/.test(path))
    .flatMap(({ path, text }) => {
      const titles = [...text.matchAll(/^\s*(?:test|it)\(\s*(['"`])(.+?)\1/gm)].map(([, , title]) => title)
      return titles.filter((title, index) => titles.indexOf(title) !== index).map((title) => `${path}: ${title}`)
    })
  expect(repeated).toEqual([])
})
