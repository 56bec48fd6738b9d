import { RowsRefused } from './sink.ts'

export type Service = { readonly url: string; readonly token?: string | undefined }

const timeoutMs = 15_000
/** Statuses that blame what was sent; sending it again cannot help. */
const refusals = new Set([400, 413, 415, 422])

/** Posts a body and says which status came back. Throws where it was not taken. */
export async function post(
  { url, token }: Service,
  body: Uint8Array | string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, ...authorization },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  })
  await answer.arrayBuffer()
  if (refusals.has(answer.status)) throw new RowsRefused(`${url} answered ${answer.status}`)
  if (!answer.ok && answer.status !== 409) throw new Error(`${url} answered ${answer.status}`)
  return answer.status
}
