import { startEmbeddedPostgres } from '@dashboard/server/db/embedded-postgres.ts'

const [dataDir] = process.argv.slice(2)
if (!dataDir) throw new Error('Say which folder: the end of the failed run named it.')

const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
console.log(`${server.url} (Ctrl-C stops it)`)
const alive = setInterval(() => undefined, 60_000)
process.once('SIGINT', () => {
  clearInterval(alive)
  void server.stop()
})
