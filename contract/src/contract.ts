import { accounts } from './accounts.ts'
import { auth } from './auth.ts'
import { catalog } from './catalog.ts'
import { credentials } from './credentials.ts'
import { health } from './health.ts'
import { jobs } from './jobs.ts'
import { organizations } from './organizations.ts'
import { overview } from './overview.ts'
import { resources } from './resources.ts'
import { scopes } from './scopes.ts'
import { views } from './views.ts'

/** The whole REST API, one area a file; every path lies under `/api`. */
export const contract = {
  auth,
  accounts,
  organizations,
  credentials,
  resources,
  views,
  scopes,
  jobs,
  catalog,
  overview,
  health,
}
