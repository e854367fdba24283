import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The system's Chromium or Chrome; `CHROMIUM_PATH` names another one. */
export const findChromium = (): string | undefined => {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin']
  const candidates = [
    process.env['CHROMIUM_PATH'] ?? '',
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    ...places,
  ]
  return candidates.find((path) => path !== '' && isExecutable(path))
}

const isAptRoot = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

const advice = `Chromium is missing; the browser journeys need it.
    Debian:  apt-get install chromium        (npm test does it itself when run as root)
    Ubuntu:  snap install chromium
    Fedora:  dnf install chromium
    macOS:   brew install --cask google-chrome
  or set CHROMIUM_PATH to a Chromium or Chrome you have.`

/** @throws Error when apt-get fails; its output is on the screen. */
const installWithApt = (): void => {
  console.error('Installing Chromium with apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]) {
    const { status } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed.\n\n  ${advice}`)
  }
}

/** Finds Chromium; as root on Debian it is installed first. @throws Error that says what to install. */
export const ensureChromium = (): string => {
  if (!findChromium() && isAptRoot()) installWithApt()
  const path = findChromium()
  if (!path) throw new Error(advice)
  return path
}
