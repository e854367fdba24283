import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { python, startTimeout } from './gateway-for-tests.ts'
import { startMotoProcess } from './moto-process.ts'

const silent = { info() {}, warn() {}, error() {} }

describe('moto under the launcher', () => {
  it('ends when whoever started it is gone, even without a word', { timeout: startTimeout }, async () => {
    const parent = fileURLToPath(new URL('moto-process.ts', import.meta.url))
    const code = `import { startMotoProcess } from ${JSON.stringify(parent)}
      const silent = { info() {}, warn() {}, error() {} }
      const { port, token } = await startMotoProcess(${JSON.stringify(python)}, silent)
      console.log(JSON.stringify({ port, token }))`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(child.stdout, 'data')
    const { port, token } = JSON.parse(String(line)) as { port: number; token: string }
    const health = () => fetch(`http://127.0.0.1:${port}/gateway/health`, { headers: { 'x-gateway-token': token } })
    expect(await (await health()).json()).toMatchObject({ movableClock: expect.any(Boolean) })
    child.kill('SIGKILL')
    await once(child, 'close')
    await expect.poll(() => health().catch(() => 'gone'), { timeout: 5000 }).toBe('gone')
  })

  it('tells nobody anything without the token', { timeout: startTimeout }, async () => {
    const moto = await startMotoProcess(python, silent)
    try {
      expect((await fetch(`http://127.0.0.1:${moto.port}/gateway/health`)).status).toBe(403)
    } finally {
      await moto.stop()
    }
  })

  it('that cannot start says why', { timeout: startTimeout }, async () => {
    await expect(startMotoProcess('no-such-python', silent)).rejects.toThrow('no-such-python cannot be started')
    await expect(startMotoProcess(process.execPath, silent)).rejects.toThrow('ended before it listened')
  })
})
