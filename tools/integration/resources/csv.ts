/** Records of a CSV text as RFC 4180 describes it. @throws where it is not */
export const parseCsv = (text: string): string[][] => {
  const records: string[][] = []
  const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    field.lastIndex = at
    const found = field.exec(text)
    if (found === null) throw new Error(`no field at ${at}`)
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    at = field.lastIndex
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      records.push(record)
      record = []
      at += 2
    } else throw new Error(`neither comma nor line end at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`)
  }
  if (record.length > 0) throw new Error('the last record has no line end')
  return records
}
