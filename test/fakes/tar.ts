import { gzipSync } from 'node:zlib'

/** A .tar.gz of these files, entry by entry, so that archives can be made that no tool would make. */
export function makeTarGz(
  files: readonly (readonly [name: string, content: string | Uint8Array, type?: string])[],
): Buffer {
  const entries = files.map(([name, content, type]) => makeEntry(name, Buffer.from(content), type ?? '0'))
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]))
}

function makeEntry(name: string, content: Buffer, type: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000600\0', 100)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}
