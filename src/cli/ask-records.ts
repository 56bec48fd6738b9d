import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { RecordQuestion } from '../model/record-question.ts'
import type { GatewayPlace } from './gateway-option.ts'

const recordRow = z.looseObject({ record: z.string() }).transform(({ record, ...row }) => ({ record, row }))
/** One row of the records, not yet read, and what it is a row of. */
export type RecordRow = z.infer<typeof recordRow>

const refusal = z.object({
  error: z.object({ code: z.string(), message: z.string(), next: z.string().optional() }),
})

/** What the gateway answers to a question about the records. It puts on record who asks, and asks its policy. */
export async function* askRecords(place: GatewayPlace, question: RecordQuestion): AsyncIterable<RecordRow> {
  const answer = await post(place, JSON.stringify(question))
  if (answer.statusCode !== 200) throw new Error(refusalText(answer.statusCode, await textOf(answer)))
  try {
    for await (const line of createInterface({ input: answer })) yield recordRow.parse(JSON.parse(line))
    if (!answer.complete) throw new Error('The answer broke off before its end.')
  } finally {
    answer.destroy()
  }
}

/** All rows of an answer, each read as the schema of its kind has it. */
export async function askRows<T>(place: GatewayPlace, question: RecordQuestion, row: z.ZodType<T>): Promise<T[]> {
  const rows: T[] = []
  for await (const answered of askRecords(place, question)) rows.push(row.parse(answered.row))
  return rows
}

// Not `fetch`: it gives up on an answer that pauses for long, as a tail does.
function post({ url: base, token, sessionKey }: GatewayPlace, body: string): Promise<IncomingMessage> {
  const url = new URL('/records', base)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'sluice-cli',
    ...(sessionKey !== undefined && { 'sluice-session': sessionKey }),
  }
  return new Promise((resolve, reject) => {
    const sent = send(url, { method: 'POST', headers, agent: false }, resolve)
    sent.once('error', cause => reject(new Error(`The gateway at ${url.origin} does not answer.`, { cause })))
    sent.end(body)
  })
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part
  return text
}

function refusalText(status: number | undefined, text: string): string {
  try {
    const { code, message, next } = refusal.parse(JSON.parse(text)).error
    return `${code}: ${message}${next === undefined ? '' : ` ${next}`}`
  } catch {
    return `The gateway answered with status ${status}.`
  }
}
