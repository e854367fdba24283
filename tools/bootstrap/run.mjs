// `npm run <command>` comes here. Runs on any Node a person may have: plain JavaScript, no dependencies, and nothing newer
// than Node 14 in this file, so that an old Node is told so rather than failing on the syntax.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 18) {
  console.error(
    `Node 18 or newer is needed to begin; this is ${process.versions.node}. Install Node 24 from your system or from nodejs.org.`,
  )
  process.exit(1)
}

const { prepare } = await import('./prepare.mjs')
const { launch } = await import('./launch.mjs')
const { Problem } = await import('./problem.mjs')

try {
  const [command = '', ...options] = process.argv.slice(2)
  const { node, target, environment } = await prepare(command)
  await launch(node, [target, ...options], environment)
} catch (error) {
  if (!(error instanceof Problem)) throw error
  console.error(`\n${error.message}\n`)
  process.exitCode = 1
}
