/** Those of the values that are ARNs of one service: `arnsOf('sqs', [...])`. */
export const arnsOf = (service: string, values: readonly unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string' && serviceOfArn(value) === service)

/** ARN of the table that a DynamoDB stream's ARN (`…:table/Name/stream/2026-…`) belongs to. */
export const tableArnOfStream = (streamArn: string): string => streamArn.replace(/\/stream\/.*$/, '')

function serviceOfArn(value: string): string | undefined {
  const [prefix, , service, ...rest] = value.split(':')
  return prefix === 'arn' && rest.length >= 3 ? service : undefined
}
