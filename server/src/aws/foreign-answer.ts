/** Name and code of an answer that is not AWS's. */
export const foreignAnswer = 'NotAwsAnswer'

/**
 * Something answered that is not AWS: a network that wants a sign-in, a proxy, another server at the endpoint. Read as
 * AWS's, such an answer is an empty list, and everything the account has would count as gone.
 */
export class ForeignAnswerError extends Error {
  override readonly name = foreignAnswer
}
