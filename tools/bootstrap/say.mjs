/** Progress goes to stderr: the last line of `npm test` on stdout is its result. */
export const say = (message) => console.error(message)
