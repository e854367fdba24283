import pg from 'pg'

/** PostgreSQL: there is no such table. */
const undefinedTable = '42P01'

/** Id of the installation a database belongs to; undefined for one that is still empty. */
export const knownInstallation = async (databaseUrl: string): Promise<string | undefined> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<{ id: string }>('select id from installation')).rows[0]?.id
  } catch (error) {
    if ((error as { code?: unknown }).code === undefinedTable) return undefined
    throw error
  } finally {
    await client.end()
  }
}
