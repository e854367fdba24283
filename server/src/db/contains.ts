/** Pattern of LIKE and ILIKE for what holds this text: `%` and `_` in it are letters, not wildcards. */
export const contains = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`
