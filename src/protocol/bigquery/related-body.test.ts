import { describe, expect, test } from 'vitest'
import { readRelated } from './related-body.ts'

const type = 'multipart/related; boundary="==b=="'
const head = '{"configuration": {}}'

function bodyOf(content: string, end = '\r\n--==b==--\r\n'): Buffer {
  return Buffer.from(
    `--==b==\r\ncontent-type: application/json\r\n\r\n${head}\r\n--==b==\r\nx: */*\r\n\r\n${content}${end}`,
  )
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer, size: number, contentType = type): Promise<{ head: string; content: string }> {
  const { head, content } = await readRelated(inPieces(bytes, size), contentType, 1_000)
  const parts: Buffer[] = []
  for await (const part of content) parts.push(part)
  return { head: head.toString(), content: Buffer.concat(parts).toString('latin1') }
}

describe('a body of two parts', () => {
  const contents = ['', 'a', 'rows\r\n--==b=', '\r\n\r\n--==b', `\r\n${'x'.repeat(5_000)}\r\n--`]
  test.each(
    contents.flatMap(content => [1, 2, 7, 100_000].map(size => [content.slice(0, 20), content, size] as const)),
  )('%j comes out as it went in, however it is cut', async (_, content, size) => {
    expect(await read(bodyOf(content), size)).toEqual({ head, content })
  })

  test('may begin with a line break, and name its boundary without quotes', async () => {
    const bytes = Buffer.concat([Buffer.from('\r\n'), bodyOf('rows')])
    expect(await read(bytes, 3, 'multipart/related; boundary===b==')).toEqual({ head, content: 'rows' })
  })

  test.each([
    ['no boundary', bodyOf('rows'), 'multipart/related'],
    ['another form', bodyOf('rows'), 'multipart/form-data; boundary="==b=="'],
    ['another boundary', bodyOf('rows'), 'multipart/related; boundary=other'],
    ['no end', bodyOf('rows', ''), type],
    ['three parts', bodyOf('rows', '\r\n--==b==\r\n\r\nmore\r\n--==b==--\r\n'), type],
    ['one part', Buffer.from(`--==b==\r\n\r\n${head}\r\n--==b==--`), type],
    [
      'an encoded file',
      Buffer.from(bodyOf('rows').toString().replace('x: */*', 'content-transfer-encoding: base64')),
      type,
    ],
  ])('with %s is refused', async (_, bytes, contentType) => {
    await expect(read(bytes, 10, contentType)).rejects.toMatchObject({ code: 'request_invalid' })
  })

  test('has a first part that is only so large', async () => {
    const bytes = Buffer.from(bodyOf('rows').toString().replace(head, 'x'.repeat(2_000)))
    await expect(read(bytes, 10)).rejects.toMatchObject({ code: 'request_too_large' })
  })
})
