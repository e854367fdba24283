/** Lambda's REST calls; the first that fits wins. Source: Lambda API reference. */
const table: [method: string, path: RegExp, operation: string][] = [
  ['GET', /^\/[\d-]+\/functions\/?$/, 'ListFunctions'],
  ['POST', /^\/[\d-]+\/functions\/?$/, 'CreateFunction'],
  ['GET', /^\/[\d-]+\/functions\/[^/]+$/, 'GetFunction'],
  ['DELETE', /^\/[\d-]+\/functions\/[^/]+$/, 'DeleteFunction'],
  ['GET', /\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /\/functions\/[^/]+\/configuration$/, 'UpdateFunctionConfiguration'],
  ['PUT', /\/functions\/[^/]+\/code$/, 'UpdateFunctionCode'],
  ['GET', /\/functions\/[^/]+\/policy$/, 'GetPolicy'],
  ['POST', /\/functions\/[^/]+\/policy$/, 'AddPermission'],
  ['DELETE', /\/functions\/[^/]+\/policy\//, 'RemovePermission'],
  ['GET', /\/functions\/[^/]+\/concurrency$/, 'GetFunctionConcurrency'],
  ['PUT', /\/functions\/[^/]+\/concurrency$/, 'PutFunctionConcurrency'],
  ['GET', /\/functions\/[^/]+\/url$/, 'GetFunctionUrlConfig'],
  ['GET', /\/functions\/[^/]+\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['GET', /\/functions\/[^/]+\/aliases\/?$/, 'ListAliases'],
  ['GET', /\/functions\/[^/]+\/versions\/?$/, 'ListVersionsByFunction'],
  ['POST', /\/functions\/[^/]+\/versions\/?$/, 'PublishVersion'],
  ['POST', /\/functions\/[^/]+\/invocations$/, 'InvokeFunction'],
  ['GET', /\/tags\//, 'ListTags'],
  ['POST', /\/tags\//, 'TagResource'],
  ['DELETE', /\/tags\//, 'UntagResource'],
  ['GET', /\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['POST', /\/event-source-mappings\/?$/, 'CreateEventSourceMapping'],
  ['GET', /\/event-source-mappings\/[^/]+$/, 'GetEventSourceMapping'],
  ['GET', /\/layers\/?$/, 'ListLayers'],
  ['GET', /\/account-settings\/?$/, 'GetAccountSettings'],
]

/** The operation of a Lambda call, or its method where the table has none. */
export function lambdaOperation(method: string, path: string): string {
  return table.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2] ?? method
}
