type Code =
  | 'PLATFORM_NOT_SUPPORTED'
  | 'BINARIES_MISSING'
  | 'DATA_DIR_IN_USE'
  | 'DATA_DIR_UNUSABLE'
  | 'INITDB_FAILED'
  | 'START_FAILED'

/** The embedded database cannot serve; the message says what the operator can do about it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
  readonly code: Code

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
