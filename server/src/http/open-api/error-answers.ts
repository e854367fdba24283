import { type ErrorCode, errorCodes } from '@dashboard/contract/errors.ts'
import type { Access } from '../access.ts'

interface Facts {
  access: Access
  hasInput: boolean
  hasBody: boolean
  /** Whether the path names one thing. */
  hasId: boolean
}

/** Codes that the edge itself may answer an operation with; those of its capability come on top of them. */
const edgeCodes = ({ access, hasInput, hasBody, hasId }: Facts): ErrorCode[] => [
  ...(hasInput ? (['INVALID_INPUT'] as const) : []),
  ...(hasBody ? (['MALFORMED_JSON'] as const) : []),
  ...(access === 'public' ? [] : (['UNAUTHENTICATED', 'PASSWORD_CHANGE_REQUIRED'] as const)),
  ...(typeof access === 'string' ? [] : (['FORBIDDEN'] as const)),
  ...(hasId ? (['NOT_FOUND'] as const) : []),
  ...(hasBody ? (['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
]

const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }

const answer = (codes: readonly ErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\`: ${errorCodes[code].message}`).join('\n'),
  content,
})

/** The one error shape, by status where the code is known beforehand, and for every other. */
export const errorAnswers = (facts: Facts): Record<string, { description: string; content: typeof content }> => ({
  ...Object.fromEntries(
    [...Map.groupBy(edgeCodes(facts), (code) => errorCodes[code].status)].map(([status, codes]) => [
      String(status),
      answer(codes),
    ]),
  ),
  default: { description: 'Any other error; `code` is stable.', content },
})
