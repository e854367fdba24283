/** Longest ARN that AWS gives. */
const longest = 2_048

/** Partition, service, region (S3 and IAM have none), account (`aws` owns what is the same everywhere), resource. */
const shape = /^arn:aws(?:-[a-z]+)*:[a-z0-9-]+:(?:[a-z]{2,4}(?:-[a-z]+)+-\d{1,2})?:(?:\d{12}|aws)?:[\w+=,.@:/$#*~-]+$/

/** Whether a text found somewhere is an ARN and nothing more: an environment variable may begin with one. */
export const isArn = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longest && shape.test(value)

/** Those of the values that are ARNs of one service: `arnsOf('sqs', [...])`. */
export const arnsOf = (service: string, values: readonly unknown[]): string[] =>
  values.filter(isArn).filter((arn) => arn.split(':')[2] === service)

/** ARN of the table that a DynamoDB stream's ARN (`…:table/Name/stream/2026-…`) belongs to. */
export const tableArnOfStream = (streamArn: string): string => streamArn.replace(/\/stream\/.*$/, '')

/** ARN of the Kinesis stream that a consumer with a throughput of its own (`…:stream/name/consumer/…`) reads. */
export const streamArnOfConsumer = (arn: string): string => arn.replace(/\/consumer\/.*$/, '')

/** ARN of the function that the ARN of a version or alias (`…:function:name:live`) belongs to. */
export const functionArnOf = (arn: string): string => arn.replace(/(:function:[^:]+):.*$/, '$1')

/** ARN of a log group without the `:*` that stands for its streams. */
export const logGroupArnOf = (arn: string): string => arn.replace(/:\*$/, '')
