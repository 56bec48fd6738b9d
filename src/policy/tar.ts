import { gunzipSync } from 'node:zlib'

const blockBytes = 512
const maxUnpackedBytes = 64 * 1024 * 1024

/** Regular files of a .tar.gz by name, without a leading slash. Anything unusual is refused, since readers differ on it. */
export function readTarGz(archive: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const unpacked = gunzipSync(archive, { maxOutputLength: maxUnpackedBytes })
  const files = new Map<string, Uint8Array>()
  for (let at = 0; ; ) {
    const header = unpacked.subarray(at, at + blockBytes)
    if (header.length < blockBytes) throw new Error('the archive is cut off')
    if (header.every(byte => byte === 0)) return files
    const { name, size, isFile } = readHeader(header)
    const begin = at + blockBytes
    if (begin + size > unpacked.length) throw new Error('the archive is cut off')
    if (isFile && files.has(name)) throw new Error(`the archive has ${name} twice`)
    if (isFile) files.set(name, unpacked.subarray(begin, begin + size))
    at = begin + Math.ceil(size / blockBytes) * blockBytes
  }
}

function readHeader(header: Buffer): { name: string; size: number; isFile: boolean } {
  if (checksum(header) !== octal(header, 148, 8)) throw new Error('the archive is damaged')
  const prefix = text(header, 345, 155)
  const name = `${prefix === '' ? '' : `${prefix}/`}${text(header, 0, 100)}`.replace(/^(\.?\/)+/, '')
  if (name.split('/').includes('..')) throw new Error(`the archive has a file outside of itself: ${name}`)
  const type = text(header, 156, 1)
  if (!['', '0', '5'].includes(type)) throw new Error(`the archive has an entry of type ${type}`)
  return { name, size: octal(header, 124, 12), isFile: type !== '5' }
}

/** The sum of the header's bytes, its own field counted as spaces. */
function checksum(header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0)
}

function text(header: Buffer, at: number, length: number): string {
  const field = header.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.subarray(0, end === -1 ? length : end).toString('utf8')
}

function octal(header: Buffer, at: number, length: number): number {
  const digits = text(header, at, length).trim()
  if (!/^[0-7]+$/.test(digits)) throw new Error('the archive is damaged')
  return Number.parseInt(digits, 8)
}
