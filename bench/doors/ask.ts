import { openConnections } from '../../src/warehouse/send-request.ts'
import type { Way } from './open-doors.ts'

const timeoutMs = 120_000
const pageRows = 10_000

export const smallQuery = 'SELECT id, region, amount FROM crm.orders ORDER BY id LIMIT 3'
/** The same for every upstream; `at once` reads the number of rows out of it. */
export const rowsQuery = (rows: number) =>
  `SELECT n AS id, 'EU' AS region, REPEAT('x', 64) AS note FROM UNNEST(GENERATE_ARRAY(1, ${rows})) AS n`

type Results = { readonly jobReference: { readonly jobId: string }; readonly pageToken?: string | null }

export type Client = {
  /** Runs a query and reads all of its pages; gives the bytes that came. */
  readonly ask: (way: Way, query: string) => Promise<number>
  readonly close: () => void
}

/** What a client library sends: `jobs.query`, then `getQueryResults` for every further page. */
export function openClient(token: string): Client {
  const connections = openConnections()
  const send = async (method: 'GET' | 'POST', url: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
    const request = { method, url: new URL(url), headers, timeoutMs, ...(body && { body: JSON.stringify(body) }) }
    const answer = await connections.send(request, AbortSignal.timeout(timeoutMs))
    if (answer.status !== 200) throw new Error(`${method} ${url}: ${answer.status} ${answer.body.slice(0, 500)}`)
    return answer.body
  }
  return {
    ask: async ({ url }, query) => {
      const base = `${url}/bigquery/v2/projects/acme-prod/queries`
      const first = { query, useLegacySql: false, maxResults: pageRows }
      let text = await send('POST', base, first)
      let bytes = text.length
      for (;;) {
        const { jobReference, pageToken } = pagingOf(text)
        if (!pageToken) return bytes
        const next = `maxResults=${pageRows}&location=US&pageToken=${encodeURIComponent(pageToken)}`
        text = await send('GET', `${base}/${jobReference.jobId}?${next}`)
        bytes += text.length
      }
    },
    close: connections.close,
  }
}

function pagingOf(text: string): Results {
  return JSON.parse(text) as Results
}
