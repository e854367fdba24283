interface Page<Row> {
  items: Row[]
  nextToken?: string | undefined
}

/** Every row of a paged list, one page after the other. */
export const allPages = async <Row>(read: (nextToken?: string) => Promise<Page<Row>>): Promise<Row[]> => {
  const rows: Row[] = []
  let token: string | undefined
  do {
    const page: Page<Row> = await read(token)
    rows.push(...page.items)
    token = page.nextToken
  } while (token !== undefined)
  return rows
}
