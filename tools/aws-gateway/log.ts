/** A fixed message with variables beside it; pino's logger fits as it is. */
export interface GatewayLog {
  info(variables: object, message: string): void
  warn(variables: object, message: string): void
  error(variables: object, message: string): void
}
