import { writeFile } from 'node:fs/promises'
import { errorCodes, type ErrorCode, type Mender } from '@dashboard/contract/errors.ts'

/** Where the page lies. */
export const errorsPagePath = new URL('../../docs/errors.md', import.meta.url)

/** Refreshes it. */
export const errorsPageCommand = 'node tools/docs/errors.ts'

const menders: Record<Mender, { title: string; who: string }> = {
  user: {
    title: 'You mend it',
    who: 'Change the request, or do what the message says first. Sending the same again gives the same answer.',
  },
  aws: { title: 'AWS mends it', who: 'Nothing was changed. Send the same request again after a moment.' },
  operator: {
    title: 'Whoever runs the installation mends it',
    who: 'The log says more, under the `requestId`. docs/operations.md lists the usual causes.',
  },
  internal: {
    title: 'We mend it',
    who: 'A fault of the product. Report it with the `requestId` and the lines that the log has under it.',
  },
}

const introduction = `# Errors

<!-- Written by \`${errorsPageCommand}\` from contract/src/errors.ts. Do not edit it by hand. -->

Every answer of the API that is not a success has this shape, also for a body that is not JSON and for a route that does
not exist:

\`\`\`json
{
  "code": "INVALID_INPUT",
  "message": "Some fields are not as described; \`issues\` names each one.",
  "requestId": "5f0c2f5e-6a3a-4a0c-9a55-0d7c6f1f8a11",
  "issues": [{ "path": "accountId", "message": "An AWS account id has exactly 12 digits." }]
}
\`\`\`

- \`code\` is stable: a client may switch on it. The texts below are the general ones; \`message\` may say more about the case.
- \`requestId\` is also in the header \`x-request-id\`, and in the log beside whatever was written about the request.
- \`issues\` names each field that is wrong, by its path.
- \`fix\` says how to mend a problem in AWS: a summary, the missing actions, and a policy statement that is ready to paste.
- The header \`Retry-After\`, where there is one, is in seconds.`

const cell = (text: string): string => text.replaceAll('|', String.raw`\|`)

const sectionOf = (mender: Mender): string => {
  const codes = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => errorCodes[code].mendedBy === mender)
  const rows = codes.map((code) => `| \`${code}\` | ${errorCodes[code].status} | ${cell(errorCodes[code].message)} |`)
  const { title, who } = menders[mender]
  return [
    `## ${title}`,
    '',
    who,
    '',
    '| code | status | what it means, and what to do |',
    '|---|---|---|',
    ...rows,
  ].join('\n')
}

/** The page of error codes, as Markdown: one table for each of those who can mend something. */
export const errorsPage = (): string => {
  const sections = (Object.keys(menders) as Mender[]).map(sectionOf)
  return `${[introduction, ...sections].join('\n\n')}\n`
}

if (import.meta.main) await writeFile(errorsPagePath, errorsPage())
