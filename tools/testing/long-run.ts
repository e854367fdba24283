/** How often something is tried: few times in `npm test`, as often as the variable says in `npm run test:long`. */
export const longRun = (variable: string, few: number): number => Number(process.env[variable] ?? few)

/** Prints what was measured; only a long run is about figures. */
export const figure = (name: string, figures: Record<string, unknown>): void => {
  if (process.env['LONG_RUN'] === 'true') process.stdout.write(`FIGURE ${name} ${JSON.stringify(figures)}\n`)
}
