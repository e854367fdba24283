import { describe, expect, test } from 'vitest'
import { awsErrorCode, awsFailure } from './failure.ts'
import { ForeignAnswerError } from './foreign-answer.ts'

const sdkError = (name: string, http?: number, message = ''): Error =>
  Object.assign(new Error(message), { name, ...(http === undefined ? {} : { $metadata: { httpStatusCode: http } }) })
const statusOf = (name: string, http?: number, message?: string) =>
  awsFailure(sdkError(name, http, message), 'ec2:DescribeVolumes').status

describe('an AWS error', () => {
  test('is named by the code AWS documents, wherever the SDK put it', () => {
    expect(awsErrorCode({ Code: 'AccessDenied', name: 'Error' })).toBe('AccessDenied')
    expect(awsErrorCode(sdkError('ThrottlingException'))).toBe('ThrottlingException')
    expect(awsErrorCode(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED')
    expect(awsErrorCode(new Error('x'))).toBe('Unknown')
    // Broke: where a host has several addresses, a refused connection was an `AggregateError` that nobody tried again.
    const refused = Object.assign(new AggregateError([new Error('a'), new Error('b')]), { code: 'ECONNREFUSED' })
    expect(awsErrorCode(refused)).toBe('ECONNREFUSED')
    expect(awsFailure(refused, 'x:Y')).toMatchObject({ status: 'FAILED', retryable: true })
  })

  test('says which of denied, throttled, unsupported, switched off and failed it was', () => {
    for (const code of ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])
      expect(statusOf(code, 403), code).toBe('ACCESS_DENIED')
    expect(statusOf('SomethingNew', 403)).toBe('ACCESS_DENIED')
    expect(statusOf('AccessDenied', 403, 'with an explicit deny in a service control policy')).toBe('DENIED_BY_SCP')
    for (const code of [
      'Throttling',
      'RequestLimitExceeded',
      'SlowDown',
      'TooManyRequestsException',
      'ProvisionedThroughputExceededException',
    ])
      expect(statusOf(code, 400), code).toBe('THROTTLED')
    expect(statusOf('SomethingNew', 429)).toBe('THROTTLED')
    expect(statusOf('RequestLimitExceeded', 503)).toBe('THROTTLED')
    expect(statusOf('OptInRequired', 403)).toBe('ACCESS_DENIED')
    for (const code of ['InvalidAction', 'UnknownOperationException'])
      expect(statusOf(code, 400), code).toBe('NOT_SUPPORTED')
    for (const code of ['InvalidClientTokenId', 'SignatureDoesNotMatch', 'ExpiredToken', 'AuthFailure'])
      expect(statusOf(code, 403), code).toBe('FAILED')
    expect(statusOf('InternalFailure', 500)).toBe('FAILED')
  })

  test('is tried again only where trying can help', () => {
    const retryable = (name: string, http?: number) => awsFailure(sdkError(name, http), 'x:Y').retryable
    for (const [name, http] of [
      ['Throttling', 400],
      ['ECONNRESET'],
      ['TimeoutError'],
      ['ENETUNREACH'],
      ['SELF_SIGNED_CERT_IN_CHAIN'],
      ['ERR_TLS_CERT_ALTNAME_INVALID'],
      ['InternalFailure', 500],
      ['ServiceUnavailable', 503],
    ] as const)
      expect(retryable(name, http), name).toBe(true)
    for (const [name, http] of [
      ['AccessDenied', 403],
      ['ExpiredToken', 403],
      ['ValidationError', 400],
      ['InvalidAction', 400],
    ] as const)
      expect(retryable(name, http), name).toBe(false)
  })

  // Broke: without a network every scope was NOT_SUPPORTED, complete, and not looked at again for a day.
  test('of a name that is not there is a fault that passes: what it proves of AWS is asked apart', () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND x'), { code: 'ENOTFOUND', hostname: 'x' })
    expect(awsFailure(missing, 'x:Y')).toMatchObject({ status: 'FAILED', code: 'ENOTFOUND', retryable: true })
  })

  test('of something that is not AWS is a fault that passes, even where it refuses', () => {
    for (const error of [
      new ForeignAnswerError('x'),
      Object.assign(new ForeignAnswerError('x'), { $metadata: { httpStatusCode: 403 } }),
    ])
      expect(awsFailure(error, 'x:Y')).toMatchObject({
        status: 'FAILED',
        code: 'NotAwsAnswer',
        retryable: true,
        fix: null,
      })
  })

  test('of a denied API Gateway grants no reading of API keys', () => {
    const message =
      'User: arn:aws:sts::111111111111:assumed-role/x/y is not authorized to perform: apigateway:GET on resource: arn:aws:apigateway:eu-west-1::/restapis'
    const resource = awsFailure(sdkError('AccessDeniedException', 403, message), 'apigateway:GET').fix?.statement
      ?.Resource
    expect(resource).toContain('arn:*:apigateway:*::/restapis')
    expect(resource).not.toContain('*')
  })

  test('of denial carries the action AWS names and the statement that grants it', () => {
    const message =
      'User: arn:aws:sts::111111111111:assumed-role/x/y is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111111111111:key/1'
    const failure = awsFailure(sdkError('AccessDeniedException', 400, message), 's3:GetObject')
    expect(failure).toMatchObject({
      missingAction: 'kms:Decrypt',
      fix: {
        missingActions: ['kms:Decrypt'],
        statement: { Sid: 'AllowKmsDecrypt', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: '*' },
      },
    })
    expect(
      awsFailure(
        sdkError('UnauthorizedOperation', 403, 'You are not authorized to perform this operation.'),
        'ec2:DescribeVolumes',
      ).missingAction,
    ).toBe('ec2:DescribeVolumes')
    expect(
      awsFailure(sdkError('AccessDenied', 403, 'in a service control policy'), 's3:ListAllMyBuckets').fix?.statement,
    ).toBeUndefined()
  })
})
