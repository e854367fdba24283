/**
 * Length-prefixed fields (u32be + UTF-8 bytes): ("ab","c") and ("a","bc") give different bytes, which no separator
 * character can promise.
 */
export const additionalData = (...fields: readonly (string | number)[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(String(field), 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
