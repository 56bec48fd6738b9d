import { findAnyJob } from '../find-job.ts'
import { formatOf } from '../format-options.ts'
import { defineMethod } from '../method.ts'
import { locationName } from '../names.ts'
import { count, formatParameters, pageTokenText, queryString } from '../query-string.ts'
import { pageEtag } from '../results.ts'
import { spared } from '../spared.ts'
import { rowsOf } from '../stored-rows.ts'

/** Waits for a job of the caller's and reads a page of its rows. */
export const getQueryResults = defineMethod({
  id: 'bigquery.jobs.getQueryResults',
  verb: 'GET',
  path: 'projects/{project}/queries/{job}',
  query: queryString({
    ...formatParameters,
    location: locationName.exactOptional(),
    maxResults: count.exactOptional(),
    pageToken: pageTokenText.exactOptional(),
    startIndex: count.exactOptional(),
    timeoutMs: count.exactOptional(),
  }),
  run: async call => {
    const { query, desk } = call
    const entry = await findAnyJob(call)
    const { defaultMaxRows, defaultWaitMs, maxWaitMs } = desk.options
    const wanted = {
      maxRows: query.maxResults ?? defaultMaxRows,
      waitMs: Math.min(query.timeoutMs ?? defaultWaitMs, maxWaitMs),
      format: formatOf(query),
      pageToken: query.pageToken,
      startIndex: query.startIndex,
    }
    const shown = await rowsOf(entry, { ...call, wanted })
    if (shown.state !== 'shown') return shown
    const kind = 'bigquery#getQueryResultsResponse'
    const body = { kind, etag: pageEtag(entry, wanted), ...shown.results }
    return { state: 'answered', body, ...spared({ decisionId: shown.decisionId }) }
  },
})
