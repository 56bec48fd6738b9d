const startBytes = 65_536

/** Bytes in Avro's binary form, one value behind another. */
export class AvroBytes {
  #bytes = Buffer.allocUnsafe(startBytes)
  #length = 0

  /** What was written so far; the next writing begins anew. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length)
    this.#bytes = Buffer.allocUnsafe(startBytes)
    this.#length = 0
    return taken
  }

  boolean(value: boolean): void {
    this.#room(1)
    this.#bytes[this.#length++] = value ? 1 : 0
  }

  double(value: number): void {
    this.#room(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** Zigzag, so that small numbers of either sign are short; then seven bits a byte, the lowest first. */
  long(value: bigint | number): void {
    this.#room(10)
    const number = BigInt(value)
    let rest = BigInt.asUintN(64, (number << 1n) ^ (number >> 63n))
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80
    this.#bytes[this.#length++] = Number(rest)
  }

  text(value: string, encoding: 'utf8' | 'base64' = 'utf8'): void {
    const length = Buffer.byteLength(value, encoding)
    this.long(length)
    this.#room(length)
    this.#length += this.#bytes.write(value, this.#length, encoding)
  }

  /** An integer as two's complement, the highest byte first, in `size` bytes. */
  integer(value: bigint, size: number): void {
    this.long(size)
    this.#room(size)
    let rest = value
    for (let at = size - 1; at >= 0; at--, rest >>= 8n) this.#bytes[this.#length + at] = Number(rest & 0xffn)
    this.#length += size
  }

  #room(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
