import { Failure } from '../../model/failure.ts'

/** The two parts of a `multipart/related` body: what is asked for, and a file, which is read as it comes. */
export type RelatedBody = { readonly head: Buffer; readonly content: AsyncIterable<Buffer> }

const boundaryIn = /^multipart\/related\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i
const gap = Buffer.from('\r\n\r\n')

/** Reads the first part, of at most `maxHeadBytes`, and leaves the second one to its reader. */
export async function readRelated(
  body: AsyncIterable<Buffer>,
  contentType: string,
  maxHeadBytes: number,
): Promise<RelatedBody> {
  const [, quoted, bare] = boundaryIn.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw refusal('it has no boundary')
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const source = body[Symbol.asyncIterator]()
  // A line break before the first delimiter makes it like the others.
  let seen = Buffer.from('\r\n')
  for (;;) {
    const parts = headIn(seen, delimiter)
    if (parts !== undefined) return { head: parts.head, content: untilDelimiter(parts.rest, source, delimiter) }
    if (seen.length > maxHeadBytes) throw new Failure('request_too_large', { detail: 'The first part is too large.' })
    const { done, value } = await source.next()
    if (done === true) throw refusal('it does not have two parts')
    seen = Buffer.concat([seen, value])
  }
}

/** Undefined while the second part has not begun. */
function headIn(seen: Buffer, delimiter: Buffer): { head: Buffer; rest: Buffer } | undefined {
  const first = partAt(seen, seen.indexOf(delimiter), delimiter)
  const end = first === undefined ? -1 : seen.indexOf(delimiter, first.from)
  const second = partAt(seen, end, delimiter)
  if (first === undefined || second === undefined) return undefined
  if (/^content-transfer-encoding:\s*(?!binary|8bit|7bit)/im.test(second.headers)) throw refusal('its file is encoded')
  return { head: seen.subarray(first.from, end), rest: seen.subarray(second.from) }
}

/** Where a part's content begins. Without headers the gap after them begins with the delimiter's own line. */
function partAt(seen: Buffer, at: number, delimiter: Buffer): { from: number; headers: string } | undefined {
  if (at < 0) return undefined
  const end = seen.indexOf(gap, at + delimiter.length)
  if (end < 0) return undefined
  return { from: end + gap.length, headers: seen.toString('latin1', at + delimiter.length, end) }
}

async function* untilDelimiter(
  begun: Buffer,
  source: AsyncIterator<Buffer>,
  delimiter: Buffer,
): AsyncGenerator<Buffer> {
  let held = begun
  for (;;) {
    const end = held.indexOf(delimiter)
    if (end >= 0) {
      if (end > 0) yield held.subarray(0, end)
      await refuseMore(held.subarray(end + delimiter.length), source)
      return
    }
    // The delimiter may have begun in what is held.
    const sure = held.length - delimiter.length + 1
    if (sure > 0) {
      yield held.subarray(0, sure)
      held = held.subarray(sure)
    }
    const { done, value } = await source.next()
    if (done === true) throw refusal('its file has no end')
    held = Buffer.concat([held, value])
  }
}

/** The delimiter after the file is the last one, which two dashes say. */
async function refuseMore(begun: Buffer, source: AsyncIterator<Buffer>): Promise<void> {
  let after = begun
  for (;;) {
    const { done, value } = await source.next()
    if (done === true) break
    if (after.length < 2) after = Buffer.concat([after, value])
  }
  if (after.toString('latin1', 0, 2) !== '--') throw refusal('it has more than two parts')
}

function refusal(why: string): Failure {
  return new Failure('request_invalid', { detail: `The body is not multipart/related as uploads have it: ${why}.` })
}
