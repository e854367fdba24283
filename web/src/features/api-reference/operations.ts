import type { ApiDocument, Operation } from './document.ts'

/** An operation with the place it is called at, below `/api`. */
export interface PlacedOperation extends Operation {
  method: string
  path: string
  area: string
}

/** Every operation, in the order of the document. */
export const operationsOf = ({ paths }: ApiDocument): PlacedOperation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      area: operation.tags?.[0] ?? 'Other',
    })),
  )

const wordsOf = ({ method, path, area, operationId, summary, parameters }: PlacedOperation): string =>
  [method, `/api${path}`, area, operationId, summary, ...(parameters ?? []).map(({ name }) => name)]
    .join(' ')
    .toLowerCase()

/** Those that hold every word that is looked for: in method, path, name, summary or a parameter. */
export const matching = (operations: readonly PlacedOperation[], wanted: string): PlacedOperation[] => {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  return operations.filter((operation) => words.every((word) => wordsOf(operation).includes(word)))
}
