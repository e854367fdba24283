import type { InstallationIdentity } from '@dashboard/contract/accounts.ts'
import type { Send } from '../aws/client-pool.ts'
import { type OwnCredentials, sourceOf } from '../aws/own-credentials.ts'
import { ownRegion } from '../aws/own-region.ts'
import { clientsOfOwn, getCallerIdentity } from '../aws/sts.ts'
import { explainOwn } from './own-identity.ts'

const noSource = { source: null }

/** Who this installation is in AWS by its own credentials, and which link of the SDK's default chain gave them. */
export const readInstallationIdentity = async (send: Send, own: OwnCredentials): Promise<InstallationIdentity> => {
  let found: Pick<InstallationIdentity, 'source'> = noSource
  try {
    found = { source: sourceOf(await own()) }
    const at = { connection: await clientsOfOwn(own), credentials: own, region: await ownRegion() }
    const { accountId, arn } = await getCallerIdentity(send, at)
    return { accountId, arn, ...found, fix: null }
  } catch (error) {
    const missing = explainOwn(error)
    if (missing.cause === 'refused') own.forget()
    return { accountId: null, arn: null, ...found, fix: missing.fix }
  }
}
