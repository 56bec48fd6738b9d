export type Close = () => void | Promise<void>

/** What was opened, to be closed again, the latest first: what others stand on goes last. */
export class Closers {
  readonly #closes: Close[] = []
  #closing: Promise<void> | undefined

  add(close: Close): void {
    this.#closes.push(close)
  }

  /** Closes everything once, whatever fails, and then throws the first failure. */
  closeAll = (): Promise<void> => {
    this.#closing ??= this.#closeEach()
    return this.#closing
  }

  async #closeEach(): Promise<void> {
    const failures: unknown[] = []
    for (const close of this.#closes.toReversed()) {
      try {
        await close()
      } catch (thrown) {
        failures.push(thrown)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
