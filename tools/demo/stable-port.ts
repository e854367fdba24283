import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { once } from 'node:events'

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}

/** The port remembered in `file` while it is free; 0, for any, otherwise. Queue URLs hold it, so it should not move. */
export const rememberedPort = async (file: string): Promise<number> => {
  const port = Number(await readFile(file, 'utf8').catch(() => '0'))
  return Number.isInteger(port) && port > 0 && port < 65_536 && (await isFree(port)) ? port : 0
}

export const rememberPort = (file: string, endpoint: string): Promise<void> => writeFile(file, new URL(endpoint).port)
