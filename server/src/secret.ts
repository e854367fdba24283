import { inspect } from 'node:util'

const hidden = '[redacted]'

/** A value that prints as `[redacted]` wherever it is logged, serialised or interpolated. */
export class Secret<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The value itself; call it where the value leaves for AWS or a cipher, nowhere else. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [inspect.custom](): string {
    return hidden
  }
}
