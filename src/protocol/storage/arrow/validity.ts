/** Which cells are there, one bit each. Without NULLs there is no bitmap. */
export function validityOf(cells: readonly unknown[]): { nullCount: number; nullBitmap?: Uint8Array } {
  const nullCount = cells.reduce((count: number, cell) => (cell === null ? count + 1 : count), 0)
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: bitsOf(cells, cell => cell !== null) }
}

/** One bit for each cell, the first in the lowest place. */
export function bitsOf<T>(cells: readonly T[], isSet: (cell: T) => boolean): Uint8Array {
  const bits = new Uint8Array(Math.ceil(cells.length / 8))
  cells.forEach((cell, index) => {
    if (isSet(cell)) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
  })
  return bits
}
