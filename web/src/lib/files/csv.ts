export type CsvValue = string | number | boolean | null

/** What a spreadsheet would take for a formula. Source: OWASP, “CSV Injection”. */
const formula = /^[=+\-@\t\r]/

const field = (value: CsvValue): string => {
  if (value === null) return ''
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as RFC 4180 has them, with a line of names first; no cell can act as a formula. */
export const csv = (names: readonly string[], rows: readonly (readonly CsvValue[])[]): string =>
  [names, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
