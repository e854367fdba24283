/** What a spreadsheet takes for the start of a formula, also in full width. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell that no spreadsheet computes: the apostrophe makes it text. */
const harmless = (text: string): string => (formula.test(text) ? `'${text}` : text)

const cell = (value: string | null): string => {
  const text = harmless(value ?? '')
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One record with its line end. Source: RFC 4180. */
export const csvRecord = (values: readonly (string | null)[]): string => `${values.map(cell).join(',')}\r\n`
