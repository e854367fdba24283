/**
 * Length-prefixed fields (u32be + UTF-8 bytes): ("ab","c") and ("a","bc") give different bytes, which no separator
 * character can promise.
 */
export const additionalData = (...fields: readonly (string | number)[]): Buffer =>
  Buffer.concat(
    fields.flatMap((field) => {
      const text = String(field)
      // UTF-8 writes every half surrogate as the same three bytes: two different fields would bind alike.
      if (!text.isWellFormed()) throw new TypeError('A field of additional data must be well-formed text.')
      const bytes = Buffer.from(text, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
