import { startEmbeddedPostgres } from './embedded-postgres.ts'

// A process that owns a DATA_DIR, for tests that kill it or run it as another user. Says what it has in one line of JSON.
const [dataDir = ''] = process.argv.slice(2)
try {
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined })
  process.stdout.write(`${JSON.stringify({ url: server.url, adopted: server.adopted })}\n`)
  // The parent closes our input when we shall end in good order.
  process.stdin.resume().once('end', () => void server.stop())
} catch (error) {
  const { message, code } = error as Error & { code?: string }
  process.stdout.write(`${JSON.stringify({ message, code })}\n`)
}
