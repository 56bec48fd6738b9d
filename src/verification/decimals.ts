// NUMERIC and BIGNUMERIC travel as scaled integers: two's complement, the lowest byte first, no more bytes than needed.

export function decimalBytes(text: string, scale: number): Uint8Array {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text)
  if (match === null || (match[3]?.length ?? 0) > scale) throw new Error(`${text} is not a decimal of scale ${scale}.`)
  const digits = BigInt(`${match[2] ?? ''}${(match[3] ?? '').padEnd(scale, '0')}`)
  let rest = match[1] === '-' ? -digits : digits
  const bytes: number[] = []
  for (;;) {
    const byte = Number(rest & 0xffn)
    bytes.push(byte)
    rest >>= 8n
    const isNegative = byte >= 0x80
    if ((rest === 0n && !isNegative) || (rest === -1n && isNegative)) return new Uint8Array(bytes)
  }
}

export function decimalText(bytes: Uint8Array, scale: number): string {
  const unsigned = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const scaled = BigInt.asIntN(bytes.length * 8, unsigned)
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, '0')
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`
}
