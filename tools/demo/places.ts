import { join } from 'node:path'

/** Where the gateway keeps its journal and keys. */
export const gatewayDirectory = (dataDir: string): string => join(dataDir, 'gateway')

/** A line for whoever watches the terminal. */
export const say = (message: string): void => void process.stdout.write(`  ${message}\n`)
