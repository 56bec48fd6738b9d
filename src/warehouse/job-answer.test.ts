import { expect, test } from 'vitest'
import { costIn } from './job-answer.ts'

const answer = (state: string, errorResult?: object) => ({
  jobReference: { projectId: 'acme-prod', jobId: 'j', location: 'US' },
  configuration: { query: { query: 'SELECT 1' } },
  status: { state, ...(errorResult && { errorResult }) },
  statistics: { creationTime: '1', totalBytesProcessed: '7', totalSlotMs: '3', query: { totalBytesBilled: '10' } },
})

test('a job that has ended when BigQuery answers for the first time says what it cost', () => {
  expect(costIn(answer('DONE'))).toMatchObject({ bytesProcessed: 7, bytesBilled: 10, slotMs: 3 })
})

test('a job that exports says how many rows it wrote to how many files', () => {
  const { statistics, ...rest } = answer('DONE')
  const query = { ...statistics.query, exportDataStatistics: { fileCount: '1', rowCount: '3' } }
  expect(costIn({ ...rest, statistics: { ...statistics, query } })?.exported).toEqual({ files: 1, rows: 3 })
})

test.each([
  ['runs', answer('RUNNING')],
  ['has failed', answer('DONE', { reason: 'invalidQuery', message: 'no' })],
  ['is not told of', {}],
])('one that %s does not', (_, said) => {
  expect(costIn(said)).toBeUndefined()
})
