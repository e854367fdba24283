/** The migrated database that test databases are copied from. */
export const templateName = 'test_template'

/** Every test database is named so. */
export const clonePrefix = 'test_of_'
